// Lighthouse and axe on what people see who answer: `make audit` runs it and prints two tables.
//
// The demo is served from a folder of its own. One answer is written and sent; Lighthouse (mobile
// preset) then looks at the five pages everybody passes, and axe (WCAG 2.0-2.2, A and AA) at every
// page that can be reached on the surfaces public, auth and respond, in each language, width and
// colour scheme. A page under the marks ends the run with exit code 1.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";

const MARKS = { performance: 95, accessibility: 100, "best-practices": 100 };
const FIRST_VISIT = 100_000; // bytes over the wire
const NEXT_PAGE = 15_000;
const LANGUAGES = ["nb", "nn", "en"];
const WIDTHS = [390, 1280];
const SCHEMES = ["light", "dark"];
const WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const LEFT_ALONE = /^\/(desk|admin|static|language|inbox)\b|\.(pdf|csv|ics|toml)$|sign-out|\/answer\/link\//;
const PHONE = { width: 390, height: 844, isMobile: true, hasTouch: true };
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

async function freePort() {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, "127.0.0.1", () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function serveDemo(folder) {
  const port = await freePort();
  const server = spawn(".venv/bin/consult", ["serve", "--demo", "--port", `${port}`], {
    env: { ...process.env, INSTANCE: folder },
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve, reject) => {
    server.stdout.on("data", (text) => `${text}`.includes("Ctrl-C") && resolve());
    server.on("exit", () => reject(new Error("the demo was not served")));
  });
  return { base: `http://localhost:${port}`, stop: () => stop(server) };
}

function stop(server) {
  return new Promise((resolve) => {
    server.removeAllListeners("exit");
    server.on("exit", resolve);
    server.kill("SIGTERM");
  });
}

/** Press the button of the page's form and wait for the next page. */
async function submit(page, selector = "main form button[type=submit]") {
  await Promise.all([page.waitForNavigation(), page.click(selector)]);
}

/** Begin an answer to the open round and write one text; the addresses of its pages. */
async function beginAnswer(page, base) {
  await page.goto(base);
  const round = await page.$eval("main a[href^='/rounds/']", (link) => link.href);
  await page.goto(round.replace("/rounds/", "/answer/"));
  await submit(page);
  await page.type("#name", "Signe Håkonsdatter");
  await submit(page);
  const tasks = page.url();
  const question = await page.$eval("a[href*='/questions/']", (link) => link.href);
  await page.goto(question);
  await page.type("textarea", "Åpent hver dag, og et menneske som kan svare.");
  await page.waitForSelector("[data-save-state=saved]");
  await page.goto(`${tasks}/publication`);
  await page.click("input[name=publication]");
  await submit(page);
  return { round, tasks, question, check: page.url() };
}

async function sendAnswer(page, check) {
  await page.goto(check);
  await submit(page, "main form button[type=submit]:not([value])").catch(() => submit(page));
  return page.url();
}

/**
 * Bytes over the wire of a page and all that belongs to it, with a cold or a warm cache. The service
 * worker stands aside: what it has stored already came over the wire on an earlier visit.
 */
async function weigh(page, url, { cold }) {
  const client = await page.createCDPSession();
  await client.send("Network.enable");
  await client.send("Network.setBypassServiceWorker", { bypass: true });
  if (cold) await client.send("Network.clearBrowserCache");
  let bytes = 0;
  client.on("Network.loadingFinished", (event) => (bytes += event.encodedDataLength));
  await page.goto(url, { waitUntil: "networkidle0" });
  await client.detach();
  return bytes;
}

/** Lighthouse's report; on a busy machine it may see no paint at first, so it may look twice. */
async function look(page, url) {
  for (const isLast of [false, true]) {
    const { lhr } = await lighthouse(url, { logLevel: "error", output: "json" }, undefined, page);
    if (lhr.categories.performance.score !== null) return lhr;
    if (isLast) throw new Error(`${url}: ${lhr.runtimeError?.message ?? "no paint was seen"}`);
  }
}

async function examine(page, name, url) {
  const next = await weigh(page, url, { cold: false });
  const first = await weigh(page, url, { cold: true });
  const lhr = await look(page, url);
  const score = (key) => Math.round(100 * lhr.categories[key].score);
  const failed = Object.values(lhr.categories)
    .filter((category) => category.id in MARKS)
    .flatMap((category) => category.auditRefs)
    .filter((ref) => ref.weight > 0 && (lhr.audits[ref.id].score ?? 1) < 0.9)
    .map((ref) => ref.id);
  const row = { page: name };
  for (const key of Object.keys(MARKS)) row[key] = score(key);
  return { ...row, "first visit, kB": first / 1000, "next, kB": next / 1000, failed: failed.join(" ") };
}

function isUnder(row) {
  return (
    Object.entries(MARKS).some(([key, mark]) => row[key] < mark) ||
    row["first visit, kB"] > FIRST_VISIT / 1000 ||
    row["next, kB"] > NEXT_PAGE / 1000
  );
}

/** Every page that links lead to from the given ones, except what lies outside the three surfaces. */
async function crawl(page, base, starts) {
  const found = new Set(starts.map((url) => url.replace(base, "")));
  for (const path of found) {
    const answer = await page.goto(base + path).catch(() => null); // a file is saved, not shown
    if (!answer?.headers()["content-type"]?.startsWith("text/html")) {
      found.delete(path);
      continue;
    }
    const links = await page.$$eval("a[href]", (all) => all.map((link) => link.href));
    for (const link of links) {
      const url = new URL(link);
      const next = url.pathname;
      if (url.origin === base && !LEFT_ALONE.test(next)) found.add(next);
    }
  }
  return [...found];
}

async function findViolations(page, base, paths) {
  const problems = [];
  for (const language of LANGUAGES) {
    await page.goto(`${base}/language/${language}`);
    for (const width of WIDTHS) {
      for (const scheme of SCHEMES) {
        await page.setViewport({ width, height: 844 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        for (const path of paths) {
          await page.goto(base + path);
          await page.addScriptTag({ path: AXE }).catch(() => {});
          const violations = await page.evaluate(
            (tags) => window.axe.run({ runOnly: tags }).then((run) => run.violations),
            WCAG,
          );
          const wide = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
          const where = `${path} (${language}, ${width}, ${scheme})`;
          for (const { id, nodes } of violations) problems.push(`${where}: ${id} ${nodes[0].html}`);
          if (wide) problems.push(`${where}: wider than the window`);
        }
      }
    }
  }
  return problems;
}

async function audit(base) {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
      "--disable-component-update", "--no-first-run", "--lang=nb"],
  });
  const page = await browser.newPage();
  await page.setBypassCSP(true); // axe is put into the page; the policy itself is tested elsewhere
  await page.setViewport(PHONE);
  const pages = await beginAnswer(page, base);
  const rows = [];
  for (const [name, url] of [
    ["front page", `${base}/`],
    ["round", pages.round],
    ["question", pages.question],
    ["check", pages.check],
  ]) {
    rows.push(await examine(page, name, url));
  }
  const paths = await crawl(page, base, [`${base}/`, ...Object.values(pages), `${base}/sign-in`]);
  const problems = await findViolations(page, base, paths);
  await page.setViewport(PHONE);
  await page.emulateMediaFeatures([]);
  await page.goto(`${base}/language/nb`);
  const receipt = await sendAnswer(page, pages.check);
  rows.push(await examine(page, "receipt", receipt));
  problems.push(...(await findViolations(page, base, await crawl(page, base, [receipt]).then((all) =>
    all.filter((path) => !paths.includes(path)),
  ))));
  await browser.close();
  console.table(rows);
  const variants = LANGUAGES.length * WIDTHS.length * SCHEMES.length;
  console.log(`axe: ${paths.length + 1} pages in ${variants} variants each, ${problems.length} problems`);
  for (const problem of problems) console.log(`  ${problem}`);
  return problems.length === 0 && !rows.some(isUnder);
}

const folder = await mkdtemp(join(tmpdir(), "consult-audit-"));
let passed = false;
const demo = await serveDemo(folder);
try {
  passed = await audit(demo.base);
} finally {
  await demo.stop();
  await rm(folder, { recursive: true });
}
process.exitCode = passed ? 0 : 1;
