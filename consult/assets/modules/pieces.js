// Sends the file of a form in pieces before the form itself, and goes on where it stopped.
//
// [data-pieces] in the form is the address to begin at: POST name, size, fingerprint → {"id", "received", "piece"};
// then POST <address>/<id>?offset=<received> with the bytes → {"received"}. 409 {"received"}: go on from there.
// The form's field "upload" then names the file, and the file field stays at home. Without scripts, or for a small file,
// the form is sent as any other.

const RETRY_MS = [1000, 3000, 8000, 15000, 30000];
const SMALL = 1024 * 1024;

const wait = (ms) =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done() {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      resolve();
    }
    window.addEventListener("online", done);
  });

/** Name, size and time of a file as one hash: the same file is recognised after a reload. */
async function fingerprintOf(file) {
  const words = new TextEncoder().encode(`${file.name} ${file.size} ${file.lastModified}`);
  const digest = await crypto.subtle.digest("SHA-256", words);
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Refused extends Error {}

class Upload {
  constructor(form, box, file) {
    this.form = form;
    this.box = box;
    this.file = file;
    this.received = 0;
  }

  show(words) {
    const percent = Math.floor((100 * this.received) / this.file.size);
    this.box.hidden = false;
    this.box.querySelector("progress").value = percent;
    const text = words.replace("{percent}", percent);
    const output = this.box.querySelector("[role=status]");
    if (output.textContent !== text) output.textContent = text;
  }

  /** Sends all of the file; resolves to the upload's id. Throws Refused when the server will not have it. */
  async send() {
    const body = new URLSearchParams({
      name: this.file.name,
      size: this.file.size,
      fingerprint: await fingerprintOf(this.file),
    });
    const begun = await this.post(this.box.dataset.pieces, body);
    this.received = begun.received;
    while (this.received < this.file.size) {
      this.show(this.box.dataset.sending);
      const piece = this.file.slice(this.received, this.received + begun.piece);
      const answer = await this.post(`${this.box.dataset.pieces}/${begun.id}?offset=${this.received}`, piece);
      this.received = answer.received;
    }
    this.show(this.box.dataset.done);
    return begun.id;
  }

  /** Posts until there is an answer that tells where the upload stands. */
  async post(address, body) {
    for (let tries = 0; ; tries += 1) {
      const response = await fetch(address, {
        method: "POST",
        headers: { Accept: "application/json", "X-CSRFToken": this.form.elements.csrf_token.value },
        body,
        credentials: "same-origin",
      }).catch(() => undefined);
      const answer = await response?.json().catch(() => undefined);
      if (response?.ok && answer) return answer;
      if (response?.status === 409 && answer) return answer;
      if (response && response.status < 500 && response.status !== 429) throw new Refused(answer?.reason);
      this.show(this.box.dataset.lost);
      await wait(RETRY_MS[Math.min(tries, RETRY_MS.length - 1)]);
    }
  }
}

/** Takes over the sending of every form with a large file in it. */
export function startPieces() {
  if (!globalThis.crypto?.subtle) return;
  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      const box = form.querySelector?.("[data-pieces]");
      const field = form.querySelector?.("input[type=file]");
      const file = field?.files[0];
      if (!box || !file || file.size <= SMALL || form.elements.upload.value || form.dataset.underway || form.dataset.ordinary) {
        if (form.dataset?.underway) event.preventDefault();
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      form.dataset.underway = "true";
      try {
        form.elements.upload.value = await new Upload(form, box, file).send();
        field.disabled = true;
      } catch (error) {
        // The server says why when the form comes in the ordinary way; if it is too large, at once.
        if (error.message) box.querySelector("[role=status]").textContent = error.message;
        box.hidden = !error.message;
        if (error.message) return;
        form.dataset.ordinary = "true";
      } finally {
        delete form.dataset.underway;
      }
      form.requestSubmit();
    },
    { capture: true },
  );
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("[data-pieces]").forEach((box) => {
      const form = box.closest("form");
      form.elements.upload.value = "";
      form.querySelector("input[type=file]").disabled = false;
      box.hidden = true;
    });
  });
}
