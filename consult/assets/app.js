// Every page. Each module enhances what already works without it; all listen on the document, so that
// parts swapped in by htmx need no set-up of their own.
import "htmx.org";

import { startCopying } from "./modules/copy.js";
import { startFailureNotices } from "./modules/failures.js";
import { focusErrorSummary, startCounting, startGrowing, stopDoubleSubmits } from "./modules/forms.js";
import { startMenus } from "./modules/menus.js";
import { startMarking } from "./modules/marking.js";
import { startPieces } from "./modules/pieces.js";
import { startPrinting } from "./modules/print.js";

startGrowing();
startCounting();
stopDoubleSubmits();
focusErrorSummary();
startMenus();
startCopying();
startMarking();
startPrinting();
startPieces();
startFailureNotices();
