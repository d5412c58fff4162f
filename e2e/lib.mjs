// What every browser test shares: a browser, a page that fails its test on the smallest complaint, axe, screenshots.
import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const here = dirname(fileURLToPath(import.meta.url));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

export const results = join(here, 'results');
export const DESKTOP = { width: 1366, height: 900 };
export const PHONE = { width: 390, height: 844 };

/** The demo under test: `url`, `seller_url`, `accounts.{buyer,seller,operator}.{email,password}`. */
export function demo() {
  const line = process.env.KOOGALLERY_DEMO_JSON;
  assert.ok(line, 'KOOGALLERY_DEMO_JSON must hold the line that `koogallery demo --json` prints.');
  return JSON.parse(line);
}

/** Chromium with an empty profile that asks nobody for anything. Close it with `close()`. */
export async function launch() {
  const profile = mkdtempSync(join(tmpdir(), 'koogallery-e2e-'));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disk-cache-dir=${profile}`,
    ],
  });
  return {
    /** A visitor with cookies of their own; `options` as for a browser context (viewport, colorScheme, javaScriptEnabled ..). */
    visitor: (options = {}) => newVisitor(browser, options),
    close: async () => {
      await browser.close();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}

async function newVisitor(browser, options) {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-US', ...options });
  const complaints = [];
  const expected = [];
  const complain = (text) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) =>
      console.error(`CSP: ${event.violatedDirective} forbids ${event.blockedURI || 'inline'} ${event.sample ?? ''}`),
    );
  });
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complain(`console: ${message.text()}`);
  });
  context.on('weberror', (error) => complain(`script: ${error.error()}`));
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    if (reason !== 'net::ERR_ABORTED') complain(`request: ${request.url()} ${reason}`);
  });
  const page = await context.newPage();
  return {
    context,
    page,
    /** Complaints that match are part of the test, such as the browser's note on a 422 answer. */
    expect: (pattern) => expected.push(pattern),
    /** Fails the test when anything complained since the last call. */
    calm: () => {
      const heard = complaints.splice(0);
      assert.deepEqual(heard, [], `the browser complained on ${page.url()}`);
    },
    close: () => context.close(),
  };
}

/**
 * Fails the test with a readable list when axe finds anything by WCAG 2.0 to 2.2, A and AA.
 * `within` limits it to a part, such as an open menu that covers half of a link below it.
 */
export async function accessible(page, moment = page.url(), within = 'html') {
  // evaluate() runs outside the page's content security policy; a script tag would not
  await page.evaluate(axeSource);
  const found = await page.evaluate(
    ([place, tags]) => globalThis.axe.run(place, { runOnly: tags, resultTypes: ['violations'] }),
    [within, AXE_TAGS],
  );
  const lines = found.violations.flatMap((rule) =>
    rule.nodes.map((node) => `${rule.id}: ${node.target.join(' ')}\n    ${node.failureSummary?.replaceAll('\n', '\n    ')}`),
  );
  assert.equal(lines.length, 0, `axe at ${moment}:\n${lines.join('\n')}`);
}

/** Fails the test when the page is wider than the window. */
export async function fits(page) {
  const [inner, wide] = await page.evaluate(() => {
    const outside = [...document.querySelectorAll('body *')].filter((one) => {
      const box = one.getBoundingClientRect();
      return box.width > 0 && box.right > innerWidth + 1 && !one.closest('.pf-v6-screen-reader') && getComputedStyle(one).position !== 'fixed';
    });
    return [document.documentElement.scrollWidth - innerWidth, outside.slice(0, 5).map((one) => one.outerHTML.slice(0, 120))];
  });
  assert.ok(inner <= 0, `${page.url()} scrolls sideways by ${inner} px at ${page.viewportSize().width} px: ${wide.join('\n')}`);
}

/** A picture of the whole page in results/, for people to look at. */
export async function picture(page, name) {
  mkdirSync(results, { recursive: true });
  await page.evaluate(() => scrollTo(0, 0));
  await page.screenshot({ path: join(results, `${name}.png`), fullPage: true });
}

/** At 1366 and 390 px, light and dark: picture, axe and width. Leaves the page as it was. */
export async function looks(page, name) {
  const before = page.viewportSize();
  for (const [width, size] of [['1366', DESKTOP], ['390', PHONE]]) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await picture(page, `${name}-${width}-${colorScheme}`);
      await accessible(page, `${name} at ${width} px, ${colorScheme}`);
    }
    await fits(page);
  }
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
  await page.setViewportSize(before);
}
