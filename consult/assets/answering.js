// Answering: forms that save themselves, and all that makes it work without coverage.
//
// form[data-autosave] posts its fields to data-autosave-url (or its action) while one writes; answers as in
// modules/sending.js. The field named "revision" takes the answer's number. How it went stands in the
// form's [data-save-state]; the text on the page is never replaced. With data-keep (a group) the text is
// kept on this device as well (modules/kept.js). form[data-keep-details] is kept and sent when its button is pressed
// (modules/kept_details.js), form[data-keep-comment] as well, and what is typed in it before (modules/kept_comment.js).
//
// main[data-keep-group] is a page of a draft: what waits is sent and shown, the pages of the draft are
// made available offline. main[data-keep-notes] is a table host's page (modules/table.js). [data-sent] is its receipt: nothing of it is kept any more. form[data-forget] deletes from this machine.
import { Autosave } from "./modules/autosave.js";
import { startChoosing } from "./modules/choosing.js";
import { startCare } from "./modules/care.js";
import { startDevicePage, startSentPage } from "./modules/device.js";
import { canKeep } from "./modules/kept.js";
import { KeptComment } from "./modules/kept_comment.js";
import { KeptDetails } from "./modules/kept_details.js";
import { KeptForm } from "./modules/kept_form.js";
import { startKeptPage } from "./modules/kept_page.js";
import { startTable } from "./modules/table.js";
import { startWorker } from "./modules/worker.js";

const forms = [...document.querySelectorAll("form[data-autosave]")].map(
  (form) => new Autosave(form, canKeep && form.dataset.keep ? new KeptForm(form) : undefined),
);
startCare();
if (canKeep) {
  startDevicePage();
  startChoosing();
  startSentPage();
  const details = [...document.querySelectorAll("form[data-keep-details]")].map((form) => new KeptDetails(form));
  const comments = [...document.querySelectorAll("form[data-keep-comment]")].map((form) => new KeptComment(form));
  const main = document.querySelector("main[data-worker]");
  if (main?.dataset.keepNotes) startTable(main);
  // First the forms take up their own: what is sent behind them they would not know of.
  else if (main) Promise.all([...forms, ...details, ...comments].map((form) => form.ready)).then(() => startKeptPage(main));
  if (main) startWorker(main.dataset);
}
