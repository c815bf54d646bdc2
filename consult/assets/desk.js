// Work surfaces: everything by keyboard, and every key is also a link or a button.
import { startAreas } from "./modules/areas.js";
import { startChecking } from "./modules/checking.js";
import { startKeys } from "./modules/keys.js";
import { startPassages } from "./modules/passages.js";
import { startPickers } from "./modules/picker.js";
import { startReading } from "./modules/reading.js";
import { startTakingSelections } from "./modules/selection.js";
import { startWork } from "./modules/work.js";

startAreas();
startPassages();
startPickers();
startKeys();
startWork();
startTakingSelections();
startChecking();
startReading();
