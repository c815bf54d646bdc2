// The drafting table: saving while one writes, and taking the branches' passages into the text.
//
// form[data-draft-form] posts itself to its action while one writes, and gets the merged text back where somebody
// else writes in the same part. Buttons with data-insert and data-step act behind the page: the columns beside the
// text are made anew, the text is not touched. Without scripts each of them sends the text along (draft_steps.py).
import { startDrafting } from "./modules/drafting.js";

startDrafting();
