// Texts that somebody has written in this browser, kept in IndexedDB until the server has them.
//
// One entry is one form as it stood last. Any form can use this, not only answers: a page that takes
// notes in a basement makes one entry per note.
//
//   import { flush, hold, list, newId, put, remove } from "./modules/kept.js";
//   const id = newId();
//   await hold(id);                                  // this page writes in it; let go when it closes
//   await put({ id, group: "meeting:abc", key: "/meetings/abc/notes", endpoint: "/meetings/abc/notes",
//               fields: [["text", "…"], ["written_at", "2027-01-12T18:03+01:00"]], label: "Note" });
//   await flush("meeting:abc", { told: (entry, outcome) => … });
//
// An entry:
//   id         made here by newId(); the server gets it as the field "window" and can tell by it that
//              something has come already. A server that is to store a thing once makes it unique.
//   group      what is listed, sent and deleted together
//   key        what it is about: two entries of one key are two versions of the same thing
//   endpoint   where it is posted; answers as in sending.js
//   fields     pairs of name and value, without token, revision and window
//   revision   of what it was written on, where the server has revisions; sent along
//   shown      by field, what a page says of it, where it stands in several places
//   step, words, label, page   which button was pressed, what was chosen, what to call it, where to see it
//   state      "pending" (not with the server), "conflict", "refused" (it would not have it), "saved",
//              "typing" (no button was pressed yet: it is never sent as it is)
//   createdAt, changedAt       milliseconds in this browser; flush() keeps the order of createdAt
//   savedAt    the server's ISO moment
//
// A new version of the application finds the texts of the old: UPGRADES grows at its end and is never
// changed. All functions reject where there is no store, and whoever calls does without.
import { openDB } from "idb";

import { send } from "./sending.js";

const UPGRADES = [
  (db) => {
    const store = db.createObjectStore("kept", { keyPath: "id" });
    store.createIndex("group", "group");
    store.createIndex("key", "key");
  },
];
const CHANNEL = "consult-kept";
const PATIENCE_MS = 400;

let opening;

/** Whether this browser can keep texts safely: a store, and locks that tell two windows apart. */
export const canKeep = "indexedDB" in globalThis && "locks" in navigator;

function database() {
  opening ??= openDB("consult", UPGRADES.length, {
    upgrade(db, from, _to, transaction) {
      for (const upgrade of UPGRADES.slice(from)) upgrade(db, transaction);
    },
    // A newer version of the application wants in: make room, the text is stored already.
    blocking(_current, _wanted, event) {
      event.target.close();
      opening = undefined;
    },
    terminated() { opening = undefined; },
  }).catch((error) => {
    opening = undefined;
    throw error;
  });
  return opening;
}

/** A name that nobody else has made. */
export function newId() {
  return [...crypto.getRandomValues(new Uint8Array(10))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Stores an entry, or changes what is given of the one with its id; returns the whole. */
export async function put(entry) {
  const transaction = (await database()).transaction("kept", "readwrite");
  const now = Date.now();
  const stored = await transaction.store.get(entry.id);
  const whole = { createdAt: now, state: "pending", ...stored, ...entry, changedAt: now };
  transaction.store.put(whole);
  await transaction.done;
  return whole;
}

const inOrder = (entries) => entries.sort((a, b) => a.createdAt - b.createdAt);

/** The entries of a group, or all; the oldest first. */
export async function list(group) {
  const db = await database();
  return inOrder(group ? await db.getAllFromIndex("kept", "group", group) : await db.getAll("kept"));
}

/** The versions there are of one thing, the oldest first. */
export async function listVersions(key) {
  return inOrder(await (await database()).getAllFromIndex("kept", "key", key));
}

/** Forgets one entry. */
export async function remove(id) {
  await (await database()).delete("kept", id);
}

/** Forgets a group, or everything, and tells open windows not to write it down again. */
export async function removeAll(group) {
  for (const entry of await list(group)) await remove(entry.id);
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(group ?? "");
  channel.close();
}

/** Calls back when a group has been deleted from this machine in another window. */
export function onRemoved(group, call) {
  new BroadcastChannel(CHANNEL).addEventListener("message", ({ data }) => {
    if (!data || data === group) call();
  });
}

/** Runs work with the lock on an entry; resolves to undefined when another window has it. */
async function claim(id, work) {
  // A moment's patience: the page that was left just now lets go a little later.
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE_MS);
  try {
    return await navigator.locks.request(`consult-kept-${id}`, { signal: patience.signal }, () => {
      clearTimeout(timer);
      return work();
    });
  } catch (error) {
    if (patience.signal.aborted) return undefined;
    throw error;
  }
}

/** Forgets one entry, unless it is being sent at this moment; resolves to whether it went. */
export async function withdraw(id) {
  return (await claim(id, () => remove(id).then(() => true))) ?? false;
}

/** Claims an entry for this page, until it is left; false when another window has it. */
export function hold(id) {
  return new Promise((resolve, reject) => {
    const held = () => new Promise((release) => {
      window.addEventListener("pagehide", release, { once: true });
      resolve(true);
    });
    claim(id, held).then(() => resolve(false), reject);
  });
}

/** Notes how sending went. What was written in the meantime stays pending, on the new revision. */
export async function settle(entry, { outcome, answer }) {
  if (outcome === "offline") return entry;
  if (outcome !== "saved") return put({ id: entry.id, state: outcome });
  return put({ ...entry, state: "saved", revision: answer.revision, savedAt: answer.saved_at });
}

/** The body of a request: all that an entry sends. The token comes from the page. */
export function bodyOf(entry) {
  const body = new URLSearchParams(entry.fields);
  body.set("window", entry.id);
  if (entry.revision !== undefined) body.set("revision", entry.revision);
  if (entry.step) body.set("step", entry.step);
  return body;
}

/** Changes an entry once nobody is sending it; change(stored) says what there is to put, stored may be undefined. */
export function change(id, wanted) {
  return navigator.locks.request(`consult-kept-${id}`, async () => {
    const stored = await (await database()).get("kept", id);
    return put({ id, ...wanted(stored) });
  });
}

/** Sends one entry, unless another page has it; resolves to how it went: { outcome, answer }, or undefined. */
export function deliver(id, { told = () => {} } = {}) {
  return claim(id, async () => {
    // Read again: another window may have sent it while this one waited.
    const entry = await (await database()).get("kept", id);
    if (!entry || entry.state === "saved") return undefined;
    const result = await send(entry.endpoint, bodyOf(entry));
    await told(await settle(entry, result), result.outcome, result.answer);
    return result;
  });
}

/**
 * Sends what waits in a group, one after the other in the order it was written; stops without contact.
 * Entries that another page is writing in are that page's to send. told(entry, outcome, answer) hears of each.
 */
export async function flush(group, { told = () => {} } = {}) {
  for (const listed of await list(group)) {
    // A conflict, and what is being typed, wait for their writer, not for contact.
    if (["saved", "conflict", "typing"].includes(listed.state)) continue;
    const result = await deliver(listed.id, { told });
    if (result?.outcome === "offline") return;
  }
}
