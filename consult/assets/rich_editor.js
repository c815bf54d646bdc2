// Pages where text is written that rests on evidence (components/rich.html): the editor, loaded only there.
import { startRichEditors } from "./modules/rich_editor.js";

startRichEditors();
