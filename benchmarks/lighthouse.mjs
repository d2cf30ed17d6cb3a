// Runs Lighthouse, as on a phone, for benchmarks/lighthouse.py.
//
//     node lighthouse.mjs folder runs address...
//
// Prints a line of JSON for each address: the points of each category and what
// took points away. The whole reports are kept in the folder.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "chrome-launcher";
import lighthouse from "lighthouse";
import { throttling } from "lighthouse/core/config/constants.js";

const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const TIMES = {
  "first-contentful-paint": "paint",
  "largest-contentful-paint": "largest",
  "total-blocking-time": "blocked",
  "cumulative-layout-shift": "shift",
};

const [folder, runs, ...addresses] = process.argv.slice(2);
const flags = ["--headless=new", "--no-sandbox", "--disable-background-networking"];
const chrome = await launch({ chromeFlags: [...flags, "--disable-component-update"] });

// What is below full points and counts, with the first of the elements or files it is about.
function losses({ categories, audits }) {
  return CATEGORIES.flatMap((name) =>
    categories[name].auditRefs
      .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && audits[id].score < 1)
      .map(({ id }) => {
        const { title, displayValue, details } = audits[id];
        const item = details?.items?.[0];
        const where = item?.node?.snippet ?? item?.url ?? item?.description ?? "";
        return { category: name, text: [title, displayValue, where].filter(Boolean).join(": ") };
      }),
  );
}

// Lighthouse slows a desk of 1,750 points down four times to have a phone. Another machine has other points.
async function phone(address) {
  const { lhr } = await lighthouse(address, { port: chrome.port, onlyAudits: ["viewport"] });
  const cpuSlowdownMultiplier = Math.max(1, (4 * lhr.environment.benchmarkIndex) / 1750);
  console.error(`Slowed down ${cpuSlowdownMultiplier.toFixed(2)} times.`);
  return { ...throttling.mobileSlow4G, cpuSlowdownMultiplier };
}

try {
  const pace = await phone(addresses[0]);
  for (const address of addresses) {
    const found = [];
    for (let run = 0; run < Number(runs); run++) {
      const { lhr, report } = await lighthouse(address, {
        port: chrome.port,
        output: "json",
        onlyCategories: CATEGORIES,
        throttling: pace,
      });
      if (lhr.runtimeError) throw new Error(`${address}: ${lhr.runtimeError.message}`);
      found.push({ lhr, report });
    }
    // The run in the middle: another program on the machine disturbs single ones.
    const points = ({ lhr }) => lhr.categories.performance.score;
    const blocked = ({ lhr }) => lhr.audits["total-blocking-time"].numericValue;
    found.sort((a, b) => points(a) - points(b) || blocked(b) - blocked(a));
    const { lhr, report } = found[Math.floor(found.length / 2)];
    const name = new URL(address).pathname.replaceAll("/", "_");
    writeFileSync(join(folder, `${name}.json`), report);
    const scores = CATEGORIES.map((id) => Math.round(lhr.categories[id].score * 100));
    const times = Object.entries(TIMES).map(([id, key]) => [key, lhr.audits[id].numericValue]);
    console.log(
      JSON.stringify({ address, scores, times: Object.fromEntries(times), losses: losses(lhr) }),
    );
  }
} finally {
  chrome.kill();
}
