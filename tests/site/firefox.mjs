// Drives Firefox for test_firefox.py: each line that it reads is a call, {"name": "click",
// "given": ["button"]}, and is answered by a line, {"value": …} or {"error": "…"}.
//
// When there is nothing more to read, it ends Firefox and itself: neither outlives the tests.

import { createInterface } from "node:readline";
import puppeteer from "puppeteer-core";

const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.argv[2],
  defaultViewport: { width: 1280, height: 800 },
});
const tab = await browser.newPage();

const heard = { complaints: [], requests: [] };
tab.on("console", (message) => heard.complaints.push(message.text()));
// What scripts throw, and what Firefox itself has to say, such as what a policy forbids.
tab.on("pageerror", (error) => heard.complaints.push(error.message));
tab.on("request", (request) => heard.requests.push(request.url()));
tab.on("response", (response) => {
  if (response.status() >= 400) heard.complaints.push(`${response.status()}: ${response.url()}`);
});

const calls = {
  async open(url, ready) {
    await tab.goto(url);
    if (ready) await tab.waitForSelector(ready);
  },
  async waitFor(selector) {
    await tab.waitForSelector(selector);
  },
  // Not by a locator: it waits by an eval, which the policy of the site forbids.
  async click(selector) {
    await (await tab.waitForSelector(selector, { visible: true })).click();
  },
  async fill(selector, text) {
    const field = await tab.waitForSelector(selector, { visible: true });
    if (await field.evaluate((element) => element instanceof HTMLSelectElement)) {
      return void (await tab.select(selector, text));
    }
    await field.click({ count: 3 });
    await tab.keyboard.press("Delete");
    await field.type(text);
  },
  type: (selector, text) => tab.type(selector, text), // key by key
  evaluate: (expression) => tab.evaluate(expression),
  // What has happened since this was asked before. All of it comes before the tab's answer.
  async heard() {
    await tab.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    return { complaints: heard.complaints.splice(0), requests: heard.requests.splice(0) };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { name, given } = JSON.parse(line);
  const answer = await calls[name](...given).then(
    (value) => ({ value: value ?? null }),
    (error) => ({ error: String(error) }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
await browser.close();
