// Forms with data-autosave save themselves while one writes.
//
// The form posts its fields with fetch to data-autosave-url (or its action), with the header
// X-Autosave: 1. Answers: 200 with {"revision": 8, "saved_at": "2026-10-28T11:03:00+00:00"};
// 409 with the same shape or none when somebody else has saved meanwhile; 4xx when the server refuses
// the content. The field named "revision" goes along and takes the answer's number. What is shown
// stands in the [data-save-state] element of the form; the text on the page is never replaced.
import { Autosave } from "./modules/autosave.js";
import { startCare } from "./modules/care.js";

document.querySelectorAll("form[data-autosave]").forEach((form) => new Autosave(form));
startCare();
