// The kit in a browser: every part in every state, by the content security policy that the server sends.
// The pages come from `cargo test -p web --test gallery`, the assets from `web/build.mjs`.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { dirname, extname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { PHONE, accessible, fits, launch, looks, results } from './lib.mjs';

const assets = join(dirname(fileURLToPath(import.meta.url)), '..', 'web', 'dist');
const TYPES = { '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

let server;
let browser;
let origin;
const posts = [];
let polls = 0;

function serve(request, response) {
  const path = new URL(request.url, 'http://localhost').pathname;
  const page = (body, status = 200) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY, 'cache-control': 'no-store' });
    response.end(body);
  };
  if (request.method === 'POST') {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      posts.push({ path, body, fragment: request.headers['hx-request'] === 'true' });
      if (path === '/gallery/secret') page(readFileSync(join(results, 'gallery', 'secret.html')));
      else setTimeout(() => page('<!doctype html><html lang="en"><title>Done</title><p>Done</p></html>'), 300);
    });
    return;
  }
  if (path === '/favicon.ico') page('', 204);
  else if (path === '/gallery/progress.html') {
    polls += 1;
    page('<p>The application is open</p>');
  } else if (path.startsWith('/assets/')) {
    const file = join(assets, path.slice('/assets/'.length));
    if (!existsSync(file)) return page('', 404);
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'x-content-type-options': 'nosniff' });
    response.end(readFileSync(file));
  } else if (/^\/[a-z-]+\.html$/.test(path)) page(readFileSync(join(results, 'gallery', path)));
  else page('', 404);
}

before(async () => {
  assert.ok(existsSync(join(assets, 'manifest.json')), 'Bundle the assets first: node web/build.mjs');
  assert.ok(existsSync(join(results, 'gallery', 'console.html')), 'Render the gallery first: cargo test -p web --test gallery');
  server = createServer(serve);
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://localhost:${server.address().port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server?.close();
});

for (const name of ['console', 'console-zh', 'home', 'shop', 'shop-zh', 'help']) {
  test(`the ${name} page is accessible and fits, wide and narrow, light and dark`, async () => {
    const { page, calm, close } = await browser.visitor();
    await page.goto(`${origin}/${name}.html`);
    await looks(page, `gallery-${name}`);
    calm();
    await close();
  });
}

test('menus, dialogs and the drawer are accessible when they are open', async () => {
  const { page, calm, close } = await browser.visitor();
  await page.goto(`${origin}/console.html`);
  for (const colorScheme of ['light', 'dark']) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator('summary', { hasText: 'buyer@' }).click();
    await page.screenshot({ path: join(results, `gallery-user-menu-${colorScheme}.png`) });
    await accessible(page, 'user menu', '.kg-masthead');
    await page.keyboard.press('Escape');
    assert.equal(await page.getByRole('link', { name: 'Billing Center', exact: true }).isVisible(), false);
    await page.locator('.kg-page-head').getByRole('link', { name: 'Unsubscribe' }).click();
    await page.getByRole('dialog', { name: 'Unsubscribe from Acme CRM?' }).waitFor();
    await page.screenshot({ path: join(results, `gallery-dialog-${colorScheme}.png`) });
    await accessible(page, 'dialog', 'dialog[open]');
    await page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await page.getByRole('dialog').count(), 0);
  }
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Navigation' }).click();
  assert.ok(await page.getByRole('link', { name: 'Purchased Apps' }).first().isVisible());
  await page.screenshot({ path: join(results, 'gallery-drawer.png') });
  await accessible(page, 'drawer', '#navigation');
  await fits(page);
  calm();
  await close();
});

test('menus fit on a phone', async () => {
  const { page, calm, close } = await browser.visitor({ viewport: PHONE });
  for (const [name, menus] of [['shop', ['Categories', 'Language and appearance']], ['console', ['Categories', 'buyer@', 'More for CS2611201012B3']]]) {
    await page.goto(`${origin}/${name}.html`);
    for (const menu of menus) {
      const toggle = page.locator('summary').filter({ hasText: menu }).or(page.locator(`summary[aria-label="${menu}"]`));
      await toggle.click();
      const box = await page.locator('details.kg-menu[open] > .pf-v6-c-menu').boundingBox();
      assert.ok(box.x >= 0 && box.x + box.width <= PHONE.width, `${menu}: ${JSON.stringify(box)}`);
      await fits(page);
      await accessible(page, menu, 'details.kg-menu[open]');
      await page.keyboard.press('Escape');
    }
  }
  await page.goto(`${origin}/shop.html`);
  await page.getByRole('button', { name: 'Filters' }).click();
  assert.ok(await page.getByRole('link', { name: 'One-time' }).isVisible());
  await accessible(page, 'filters', '#facets');
  calm();
  await close();
});

test('the secret comes on request, is copied, and goes again', async () => {
  const { page, context, calm, close } = await browser.visitor();
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await page.clock.install();
  await page.goto(`${origin}/console.html`);
  const form = page.locator('[data-secret]');
  const eye = form.getByRole('button', { name: 'Show password' });
  assert.ok(!(await form.textContent()).includes('correct-horse'));
  await eye.click();
  await form.getByText('correct-horse-battery').waitFor();
  assert.equal(await eye.getAttribute('aria-pressed'), 'true');
  assert.equal(posts.at(-1).body, 'instance=ins-1');
  await form.getByRole('button', { name: 'Copy password' }).click();
  await page.getByText('Copied.').waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'correct-horse-battery');
  await page.clock.fastForward(61_000);
  await form.getByText('••••••••').waitFor();
  assert.equal(await eye.getAttribute('aria-pressed'), 'false');
  calm();
  await close();
});

test('a button that works can not be pressed twice', async () => {
  const { page, calm, close } = await browser.visitor();
  await page.goto(`${origin}/console.html`);
  const count = posts.length;
  const save = page.getByRole('button', { name: 'Save seller data' }).first();
  await save.evaluate((button) => {
    button.click();
    button.click();
  });
  await page.getByText('Done').waitFor();
  assert.equal(posts.length, count + 1);
  assert.ok(posts.at(-1).body.startsWith('idempotency_key=key-1'));
  calm();
  await close();
});

test('progress comes from the server by itself and stops when it is done', async () => {
  const { page, calm, close } = await browser.visitor();
  await page.goto(`${origin}/console.html`);
  await page.getByText('The application is open').waitFor();
  const asked = polls;
  await page.waitForTimeout(2_500);
  assert.equal(polls, asked);
  calm();
  await close();
});

test('a chosen theme wins over the system', async () => {
  const { page, close } = await browser.visitor({ colorScheme: 'dark' });
  await page.goto(`${origin}/shop.html`);
  const canvas = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await canvas();
  await page.evaluate(() => document.documentElement.classList.add('pf-v6-theme-light'));
  const light = await canvas();
  assert.notEqual(dark, light);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.evaluate(() => (document.documentElement.className = 'pf-v6-theme-dark'));
  assert.equal(await canvas(), dark);
  await close();
});

test('without script the menus open, the secret and the dialog have their pages', async () => {
  const { page, calm, close } = await browser.visitor({ javaScriptEnabled: false });
  await page.goto(`${origin}/console.html`);
  await page.locator('summary', { hasText: 'Categories' }).click();
  assert.ok(await page.getByRole('link', { name: 'Security' }).isVisible());
  assert.equal(await page.locator('.kg-page-head').getByRole('link', { name: 'Unsubscribe' }).getAttribute('href'), '#question');
  await page.setViewportSize(PHONE);
  await page.getByRole('button', { name: 'Navigation' }).click();
  assert.ok(await page.getByRole('link', { name: 'Purchased Apps' }).first().isVisible());
  await page.keyboard.press('Escape');
  await page.locator('[data-secret]').getByRole('button', { name: 'Show password' }).click();
  await page.getByText('correct-horse-battery').waitFor();
  assert.equal(posts.at(-1).fragment, false);
  calm();
  await close();
});
