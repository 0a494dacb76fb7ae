// Builds the style sheet and the script into internal/ground/web/static/dist, each under a name with a piece of its
// content's hash, and manifest.json, which the Go program embeds and reads. Run: npm ci && npm run build
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "../internal/ground/web/static/dist");

const scss = sass.compile(join(here, "scss/jiuye.scss"), {
  loadPaths: [join(here, "node_modules")],
  style: "compressed",
  charset: false,
  quietDeps: true,
});
// What govuk-frontend brings and no page uses: other sizes of labels, widths of inputs, affixes, conditional reveals.
const unused = /govuk-(label--|fieldset__legend--|fieldset__heading|label-wrapper|input--width|input--extra|input__|input-wrapper|(radios|checkboxes)__(conditional|divider)|(radios|checkboxes)--conditional|frontend-supported|error-summary__body|visually-hidden-focusable|select--width)/;
const slim = scss.css.replace(/([^{}]+)\{([^{}]*)\}/g, (rule, selectors, body) => {
  if (!unused.test(selectors)) return rule;
  const kept = selectors.split(",").filter((one) => !unused.test(one));
  return kept.length ? `${kept.join(",")}{${body}}` : "";
});
const css = await esbuild.transform(slim, { loader: "css", minify: true, charset: "utf8", target: ["chrome109", "firefox115", "safari16"] });
const names = ["jiuye.js", "chart.js", "collect.js", "collect-sw.js", "jobs.js", "jobs-sw.js"];
const js = await esbuild.build({
  entryPoints: names.map((name) => join(here, "js", name)),
  outdir: dist, // names the outputs; nothing is written
  bundle: true,
  minify: true,
  write: false,
  format: "iife",
  target: ["es2022"],
  legalComments: "none",
});

const files = { "jiuye.css": Buffer.from(css.code) };
js.outputFiles.forEach((file, i) => { files[names[i]] = Buffer.from(file.contents); });
const manifest = {};
mkdirSync(dist, { recursive: true });
for (const name of readdirSync(dist)) if (name !== ".keep") rmSync(join(dist, name));
for (const [name, body] of Object.entries(files)) {
  const hash = createHash("sha256").update(body).digest("hex").slice(0, 10);
  manifest[name] = name.replace(/(\.\w+)$/, `-${hash}$1`);
  writeFileSync(join(dist, manifest[name]), body);
  console.log(`${manifest[name]}  ${(body.length / 1024).toFixed(1)} KB, gzip ${(gzipSync(body).length / 1024).toFixed(1)} KB`);
}
writeFileSync(join(dist, "manifest.json"), JSON.stringify(manifest) + "\n");
