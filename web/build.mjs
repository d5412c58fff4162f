// Bundles the pages' assets into dist/: hashed names, manifest.json, purged style sheets, a brotli copy beside each text file.
import { readFile, writeFile, rm, mkdir, readdir } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { basename, dirname, extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import * as esbuild from 'esbuild';
import postcss from 'postcss';
import { PurgeCSS } from 'purgecss';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');
const pages = join(here, '..', 'crates', 'web');
const MARKDOWN_TAGS = 'a p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd pre code table thead tbody tr th td blockquote hr img em strong figure'.split(' ');
const OWN_SCRIPT_LIMIT = 10 * 1024;

/** name -> content hash of ten letters, enough that two versions never share an address */
const hashed = (name, bytes) => {
  const hash = createHash('sha256').update(bytes).digest('hex').slice(0, 10);
  return `${basename(name, extname(name))}-${hash}${extname(name)}`;
};

// PatternFly has its dark colours behind a class only. Most people never choose: for them the same values
// stand behind the system's preference, unless the class says otherwise. Themes that nobody can choose go.
const themes = () => ({
  postcssPlugin: 'themes',
  OnceExit(root) {
    root.walkRules((rule) => {
      if (/pf-v6-theme-(felt|glass|high-contrast)/.test(rule.selector)) {
        const kept = rule.selectors.filter((one) => !/pf-v6-theme-(felt|glass|high-contrast)/.test(one));
        if (kept.length) rule.selectors = kept;
        else rule.remove();
      }
    });
    root.walkRules((rule) => {
      if (!rule.selector.includes('.pf-v6-theme-dark') || rule.parent.type === 'atrule') return;
      const copy = rule.clone();
      copy.selector = rule.selector.replaceAll('.pf-v6-theme-dark', ':not(.pf-v6-theme-light, .pf-v6-theme-dark)');
      const media = postcss.atRule({ name: 'media', params: '(prefers-color-scheme: dark)' });
      media.append(copy);
      rule.after(media);
    });
    root.walkAtRules('media', (rule) => {
      if (rule.nodes?.length === 0) rule.remove();
    });
  },
});

async function styleSheet() {
  const bundled = await esbuild.build({
    entryPoints: [join(here, 'app.css')],
    bundle: true,
    write: false,
    outdir: dist,
    assetNames: '[name]-[hash]',
    loader: { '.woff2': 'file', '.svg': 'file' },
    logLevel: 'warning',
  });
  const fonts = bundled.outputFiles.filter((file) => file.path.endsWith('.woff2'));
  const css = bundled.outputFiles.find((file) => file.path.endsWith('.css')).text;
  const [purged] = await new PurgeCSS().purge({
    content: [join(pages, 'templates/**/*.html'), join(pages, 'src/**/*.rs'), join(here, 'app.js')],
    css: [{ raw: css }],
    variables: true,
    keyframes: true,
    fontFace: false,
    // our own sheets are small and hold what help pages and scripts bring in later
    safelist: { standard: [/^pf-v6-theme-/, /^kg-/, ...MARKDOWN_TAGS, 'html', 'body', 'dialog'] },
    defaultExtractor: (text) => text.match(/[\w-]+/g) ?? [],
  });
  const themed = await postcss([themes()]).process(purged.css, { from: undefined });
  const small = await esbuild.transform(themed.css, { loader: 'css', minify: true });
  const used = fonts.filter((file) => small.code.includes(basename(file.path)));
  return { css: Buffer.from(small.code), fonts: used };
}

async function scripts() {
  const own = await esbuild.build({
    entryPoints: [join(here, 'app.js')],
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2022',
    write: false,
    logLevel: 'warning',
  });
  const app = Buffer.from(own.outputFiles[0].contents);
  if (app.length > OWN_SCRIPT_LIMIT) throw new Error(`app.js is ${app.length} bytes; it must stay under ${OWN_SCRIPT_LIMIT}`);
  const htmx = await readFile(join(here, 'node_modules/htmx.org/dist/htmx.min.js'), 'utf8');
  return { app, htmx: Buffer.from(htmx.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, '\n')) };
}

const [{ css, fonts }, { app, htmx }] = await Promise.all([styleSheet(), scripts()]);
await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const manifest = {};
const put = async (name, bytes) => {
  const file = hashed(name, bytes);
  manifest[name] = file;
  await writeFile(join(dist, file), bytes);
};
await put('app.css', css);
await put('app.js', app);
await put('htmx.js', htmx);
await put('icons.svg', await readFile(join(here, 'icons.svg')));
await put('favicon.svg', await readFile(join(here, 'favicon.svg')));
for (const font of fonts) {
  await writeFile(font.path, font.contents);
  manifest[basename(font.path).replace(/-[A-Z0-9]+(?=\.woff2$)/, '')] = basename(font.path);
}
await writeFile(join(dist, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

for (const file of await readdir(dist)) {
  if (!/\.(css|js|svg)$/.test(file)) continue;
  const bytes = await readFile(join(dist, file));
  const packed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  await writeFile(join(dist, `${file}.br`), packed);
  console.log(`${file}  ${bytes.length} bytes, ${packed.length} packed`);
}
