"use strict";
// Everything that comes from the server is put into the page as text, never as markup.

const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";
const WORDS = { label: "class", split: "part of the data" };
const SPLITS = { train: "training" };
const CURVES = {
  loss: "How wrong the model still is; lower is better.",
  "learning-rate": "How large its steps were.",
  "embedding-spread": "1: images lie in all directions; near 0: they all look the same to the model.",
  "embedding-rank": "In how many independent ways images differ to the model.",
};

let run = null; // what the server says about the model
let asked = 0; // number of the last question: answers to older ones are dropped
let again = null; // asks the last question again, after a change of filters or of k

/** Words of anybody as they can be shown: what would give orders or turn the writing around is escaped. */
function shown(words) {
  return typeof words !== "string" ? words : words.replace(/(?![\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu,
    (c) => ({ "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c] || [...Array(c.length).keys()].map((i) => "\\u" + c.charCodeAt(i).toString(16).padStart(4, "0")).join(""));
}

const SHOWN = ["textContent", "title", "alt", "placeholder", "aria-label"];

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    const fit = SHOWN.includes(name) ? shown(value) : value;
    if (name in node && name !== "list") node[name] = fit;
    else node.setAttribute(name, fit);
  }
  node.append(...children.map(shown));
  return node;
}

/** Puts words of anybody into an element of the page. */
function tell(id, words) {
  $(id).textContent = shown(words);
}

function draw(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, shown(value));
  node.append(...children.map(shown));
  return node;
}

const named = (field) => WORDS[field] || field.replaceAll("-", " ");
const capital = (words) => words.charAt(0).toUpperCase() + words.slice(1);
const many = (n) => n.toLocaleString("en");
const images = (n) => (n === 1 ? "1 image" : many(n) + " images");

// --- asking the server -------------------------------------------------------------------------

async function fetchJson(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Error("The search program does not answer. Is it still running? Start it again, then try again.");
  }
  let body = {};
  try {
    body = await answer.json();
  } catch {
    // told below
  }
  if (!answer.ok) throw new Error(sentence(body.problem || "The search program failed; try again."));
  return body;
}

function sentence(words) {
  const text = capital(words);
  return /[.!?]$/.test(text) ? text : text + ".";
}

function parameters() {
  const all = new URLSearchParams({ k: $("k").value });
  for (const select of $("filter-fields").querySelectorAll("select")) {
    if (select.value) all.append("where", select.dataset.field + "=" + select.value);
  }
  return all;
}

/** Asks a question and shows the answer; a newer question makes this one void. */
async function ask(path, options, title) {
  const mine = ++asked;
  message("");
  $("cards").classList.add("busy");
  try {
    const answer = await fetchJson(path(), options);
    if (mine === asked) show(answer, title(answer));
  } catch (fault) {
    if (mine === asked) {
      clearResults();
      message(fault.message);
    }
  } finally {
    if (mine === asked) $("cards").classList.remove("busy");
  }
}

function repeatable(question) {
  again = question;
  return question();
}

/** Puts words into the query box, which is as high as they need. */
function write(text) {
  $("query").value = text;
  grow();
}

function grow() {
  const box = $("query");
  box.style.height = "auto";
  box.style.height = box.scrollHeight + box.offsetHeight - box.clientHeight + "px";
}

// --- the address -------------------------------------------------------------------------------

/** Makes the address of the page a link to what is searched for; a picture has no link. */
function link(text, anew) {
  const all = parameters();
  if (text) all.set("q", text);
  const address = text ? "/?" + all : "/";
  if (address === location.pathname + location.search) return;
  if (anew) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

/** Asks what the address asks. */
function follow() {
  const all = new URLSearchParams(location.search);
  const text = all.get("q") || "";
  const k = Number(all.get("k"));
  $("k").value = Number.isInteger(k) && k >= 1 && k <= run.mostK ? k : run.k;
  for (const select of $("filter-fields").querySelectorAll("select")) {
    const start = select.dataset.field + "=";
    const wanted = all.getAll("where").find((condition) => condition.startsWith(start));
    const value = wanted === undefined ? "" : wanted.slice(start.length);
    select.value = [...select.options].some((option) => option.value === value) ? value : "";
    select.classList.toggle("chosen", select.value !== "");
  }
  countFilters();
  if (text.trim() && run.takesText) {
    write(text);
    byText(false);
  } else {
    clearAll();
    if (text.trim()) message("This model was trained on images only and cannot search by text; search with a picture.");
  }
}

// --- the questions -----------------------------------------------------------------------------

function byText(anew = true) {
  const text = $("query").value;
  clearPicture();
  if (!text.trim()) {
    asked++;
    clearResults();
    message("Write what the image should show first" + (run.examples.length ? ", for example: " + run.examples[0] : "."));
    $("query").focus();
    return;
  }
  let first = anew;
  repeatable(() => {
    link(text, first);
    first = false;
    return ask(
      () => "/api/search?q=" + encodeURIComponent(text) + "&" + parameters(),
      {},
      (answer) => best(answer) + " for “" + text.trim() + "”");
  });
}

function byPicture(file) {
  if (file.size > run.mostBytes) {
    clearResults();
    message("The picture is larger than " + Math.floor(run.mostBytes / 1048576) + " MB; make it smaller and try again.");
    return;
  }
  clearPicture();
  write("");
  resetCompose();
  $("preview").src = URL.createObjectURL(file);
  $("preview").hidden = false;
  $("clear-picture").hidden = false;
  tell("drop-lead", file.name || "The pasted picture");
  link("");
  repeatable(() =>
    ask(
      () => "/api/search/picture?" + parameters(),
      { method: "POST", body: file, headers: { "Content-Type": "application/octet-stream" } },
      (answer) => best(answer) + " like your picture"));
}

function byCard(card) {
  clearPicture();
  write("");
  resetCompose();
  $("preview").src = picture(card.id);
  $("preview").hidden = false;
  $("clear-picture").hidden = false;
  $("drop-lead").textContent = "More like this image";
  link("");
  window.scrollTo({ top: 0 });
  repeatable(() =>
    ask(
      () => "/api/like/" + card.id + "?" + parameters(),
      {},
      (answer) => best(answer) + " like the one you chose"));
}

function byChance() {
  clearPicture();
  resetCompose();
  link("");
  again = byChance;
  ask(
    () => "/api/random?" + parameters(),
    {},
    (answer) => {
      write(run.takesText ? answer.truth.text : "");
      showTruth(answer);
      return best(answer) + (run.takesText ? " for “" + answer.truth.text + "”" : " like the test image");
    });
}

function best(answer) {
  const n = answer.results.length;
  return n === 0 ? "No image found among " + images(answer.candidates) : "The " + (n === 1 ? "best" : n + " best") + " of " + images(answer.candidates);
}

// --- showing the answer ------------------------------------------------------------------------

function message(text) {
  tell("message", text);
  $("message").hidden = !text;
  if (text) $("found").textContent = "";
}

function clearResults() {
  $("cards").replaceChildren();
  $("found").textContent = "";
  $("explain").hidden = true;
  $("truth").hidden = true;
  $("help").hidden = false;
}

function show(answer, title) {
  if (!answer.truth) $("truth").hidden = true;
  tell("found", title);
  $("explain").hidden = answer.results.length === 0;
  $("help").hidden = true;
  $("cards").replaceChildren(...answer.results.map(card));
}

function ordinal(rank) {
  return Number.isInteger(rank) ? String(rank) : rank.toFixed(1);
}

function showTruth(answer) {
  const truth = answer.truth;
  const words = make("div");
  const first = make("strong", { textContent: "rank " + ordinal(truth.rank) });
  if (run.takesText) {
    words.append("The image that this text was written for has ", first, " of " + images(answer.candidates) + ".");
    if (truth.kindRank < truth.rank) {
      words.append(" The best image with the very same text has rank " + ordinal(truth.kindRank) + ".");
    }
  } else {
    words.append("The best image of the same kind as this test image has ", first, " of " + images(answer.candidates) + ".");
  }
  const shown = make("img", { src: picture(truth.id), alt: "The test image" });
  $("truth").replaceChildren(shown, words);
  $("truth").hidden = false;
}

const picture = (id, side = 384) => "/api/picture/" + encodeURIComponent(id) + "?side=" + side;

function card(result) {
  const about = result.text || Object.entries(result.fields).map(([f, v]) => named(f) + " " + v).join(", ") || "image";
  const frame = make("button", { type: "button", className: "frame", tabIndex: -1, title: "Show it large" },
    make("img", { src: picture(result.id), alt: about, loading: "lazy" }),
    make("span", { className: "rank", textContent: result.rank, title: "Rank " + result.rank }));
  frame.addEventListener("click", () => enlarge(result, about));

  const body = make("div", { className: "body" });
  body.append(make("div", { className: "score", title: "Cosine of query and image, from −1 to 1" },
    "Score ", make("b", { textContent: number(result.score) }), bar(result.score)));
  if (result.match) body.append(mark(result.match));
  if (result.text) body.append(make("p", { className: "text", textContent: result.text }));
  const facts = make("ul", { className: "facts" });
  for (const [field, value] of Object.entries(result.fields)) {
    // the number of an object says nothing; that it is the same object is marked
    if (field !== "instance" && !result.text.toLowerCase().includes(value.toLowerCase())) {
      facts.append(make("li", { textContent: named(field) + ": " + value }));
    }
  }
  facts.append(make("li", { textContent: (SPLITS[result.split] || result.split) + " image" }));
  body.append(facts);
  const more = make("button", { type: "button", className: "quiet more", tabIndex: -1, textContent: "More like this" });
  more.addEventListener("click", () => byCard(result));
  body.append(more);

  const item = make("li", { className: result.match ? "card matches" : "card", tabIndex: 0 }, frame, body);
  item.setAttribute("aria-label", shown("Rank " + result.rank + ", score " + number(result.score) + (result.match ? ", " + result.match : "") + ": " + about + ". Enter finds more like it, the space bar shows it large."));
  item.addEventListener("keydown", (event) => {
    if (event.target !== item) return;
    if (event.key === "Enter") byCard(result);
    else if (event.key === " ") enlarge(result, about);
    else return;
    event.preventDefault();
  });
  return item;
}

function number(score) {
  return score.toFixed(2).replace("-", "−");
}

/** A bar from -1 to 1 that begins at 0. */
function bar(score) {
  const at = 50 + 50 * Math.max(-1, Math.min(1, score));
  return draw("svg", { class: "bar", viewBox: "0 0 100 8", preserveAspectRatio: "none", "aria-hidden": "true" },
    draw("rect", { class: "track", x: 0, y: 2.5, width: 100, height: 3 }),
    draw("rect", { class: "value", x: Math.min(50, at), y: 1, width: Math.abs(at - 50), height: 6 }),
    draw("rect", { class: "middle", x: 49.5, y: 0, width: 1, height: 8 }));
}

function tick() {
  return draw("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" },
    draw("circle", { cx: 12, cy: 12, r: 10 }),
    draw("path", { d: "M7 12.5l3.5 3.5L17 9" }));
}

function mark(words) {
  return make("span", { className: "match" }, tick(), words);
}

function enlarge(result, about) {
  $("large-picture").src = picture(result.id, 2048);
  $("large-picture").alt = shown(about);
  tell("large-text", about);
  $("large").showModal();
}

// --- the picture that is searched for ----------------------------------------------------------

function clearPicture() {
  if ($("preview").src.startsWith("blob:")) URL.revokeObjectURL($("preview").src);
  $("preview").removeAttribute("src");
  $("preview").hidden = true;
  $("clear-picture").hidden = true;
  $("drop-lead").textContent = run.takesText ? "Or search with a picture" : "Search with a picture";
}

function pictureOf(transfer) {
  return [...(transfer?.files || [])].find((file) => file.type.startsWith("image/") || file.size);
}

function listenForPictures() {
  $("choose").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => {
    if ($("file").files.length) byPicture($("file").files[0]);
    $("file").value = "";
  });
  $("clear-picture").addEventListener("click", clearAll);
  document.addEventListener("dragover", (event) => {
    event.preventDefault();
    $("drop").classList.add("over");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) $("drop").classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    $("drop").classList.remove("over");
    const file = pictureOf(event.dataTransfer);
    if (file) byPicture(file);
    else message("That was no file; drop a picture from a folder.");
  });
  document.addEventListener("paste", (event) => {
    const file = pictureOf(event.clipboardData);
    if (file) {
      event.preventDefault();
      byPicture(file);
    }
  });
}

// --- drop-downs --------------------------------------------------------------------------------

function chooser(facet, none, changed) {
  const select = make("select");
  select.dataset.field = facet.field;
  select.append(make("option", { value: "", textContent: none }));
  for (const { value, images: n } of facet.values) {
    select.append(make("option", { value, textContent: value + (none === "all" ? " (" + many(n) + ")" : "") }));
  }
  select.addEventListener("change", () => {
    select.classList.toggle("chosen", select.value !== "");
    changed();
  });
  return make("label", { className: "field" }, capital(named(facet.field)), select);
}

function resetCompose() {
  for (const select of $("compose-fields").querySelectorAll("select")) {
    select.value = "";
    select.classList.remove("chosen");
  }
}

async function composed() {
  const fields = new URLSearchParams();
  for (const select of $("compose-fields").querySelectorAll("select")) {
    if (select.value) fields.append(select.dataset.field, select.value);
  }
  const mine = ++asked;
  try {
    const { text } = await fetchJson("/api/compose?" + fields);
    if (mine !== asked) return;
    write(text);
    if (text) byText();
    else clearAll();
  } catch (fault) {
    message(fault.message);
  }
}

function countFilters() {
  const n = [...$("filter-fields").querySelectorAll("select")].filter((select) => select.value).length;
  $("filter-count").textContent = n === 1 ? "1 filter" : n + " filters";
  $("filter-count").hidden = n === 0;
}

function filtered() {
  countFilters();
  if (again) again();
}

function clearAll() {
  asked++;
  again = null;
  write("");
  resetCompose();
  clearPicture();
  clearResults();
  message("");
  link("");
  $("cards").classList.remove("busy");
}

// --- keys --------------------------------------------------------------------------------------

function listenForKeys() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || $("large").open) return;
    const writing = event.target.matches("input, select, textarea");
    if (event.target === $("query") && event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      byText();
      return;
    }
    if (event.key === "/" && !writing) {
      event.preventDefault();
      choose("search");
      (run?.takesText ? $("query") : $("choose")).focus();
    } else if (event.key === "Escape" && !$("part-search").hidden) {
      clearAll();
      if (run?.takesText) $("query").focus();
    } else if (event.key.startsWith("Arrow")) {
      walk(event, writing);
    }
  });
}

/** Arrows go over the cards; down from the query goes to the first one. */
function walk(event, writing) {
  const cards = [...$("cards").children];
  const at = cards.indexOf(document.activeElement);
  const box = $("query");
  const fromQuery = document.activeElement === box && event.key === "ArrowDown" && box.selectionEnd === box.value.length;
  if (!cards.length || (at < 0 && !fromQuery) || (writing && !fromQuery)) return;
  const forward = event.key === "ArrowRight" || event.key === "ArrowDown";
  event.preventDefault();
  if (at === 0 && !forward) {
    (run.takesText ? $("query") : $("choose")).focus();
    return;
  }
  const next = cards[Math.min(cards.length - 1, fromQuery ? 0 : at + (forward ? 1 : -1))];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

// --- the second part: the model ----------------------------------------------------------------

function choose(part) {
  for (const name of ["search", "model"]) {
    const chosen = name === part;
    $("part-" + name).hidden = !chosen;
    $("tab-" + name).setAttribute("aria-selected", String(chosen));
    $("tab-" + name).tabIndex = chosen ? 0 : -1;
  }
  if (part === "model") showModel();
}

function listenForTabs() {
  for (const name of ["search", "model"]) {
    $("tab-" + name).addEventListener("click", () => choose(name));
    $("tab-" + name).addEventListener("keydown", (event) => {
      if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
      const other = name === "search" ? "model" : "search";
      choose(other);
      $("tab-" + other).focus();
      event.preventDefault();
    });
  }
}

async function showModel() {
  try {
    const [{ curves }, scores] = await Promise.all([fetchJson("/api/curves"), fetchJson("/api/scores")]);
    const phases = new Set(curves.map((c) => c.phase));
    curves.sort((a, b) => (b.name === "loss") - (a.name === "loss"));
    $("curves").replaceChildren(...curves.filter((c) => c.points.length > 1).map((c) => curve(c, phases.size > 1)));
    if (!$("curves").children.length) $("curves").replaceChildren(make("p", { className: "empty", textContent: "No curves were written down." }));
    $("scores").replaceChildren(scores.length
      ? table(["evaluator", "measure", "value", "data"], scores.map((s) => [s.evaluator, named(s.metric), value(s), s.data]))
      : make("p", { className: "empty", textContent: "It was not scored yet; juxta evaluate does that." }));
    const settings = [["method", run.method], ["encoder", run.encoder], ["data it learned from", run.trainedOn], ...Object.entries(run.settings).filter(([key]) => key !== "encoder")];
    $("settings").replaceChildren(table(["setting", "value"], settings));
  } catch (fault) {
    $("curves").replaceChildren(make("p", { className: "message", textContent: fault.message }));
  }
}

function value(score) {
  return score.unit === "RATE" ? (100 * score.value).toFixed(1) + " %" : String(Number(score.value.toPrecision(4)));
}

function table(heads, rows) {
  const body = rows.map((row) => make("tr", {}, ...row.map((cell, i) => make("td", { className: heads[i] === "value" && heads.length > 2 ? "number" : "", textContent: cell }))));
  return make("div", { className: "wide" }, make("table", {},
    make("thead", {}, make("tr", {}, ...heads.map((head) => make("th", { scope: "col", textContent: head })))),
    make("tbody", {}, ...body)));
}

function short(x) {
  const size = Math.abs(x);
  return size !== 0 && (size < 0.001 || size >= 100000) ? x.toExponential(1) : String(Number(x.toPrecision(3)));
}

function curve({ phase, name, points }, severalPhases) {
  const [w, h, left, right, top, bottom] = [360, 170, 46, 8, 10, 24];
  const xs = points.map((p) => p[0]);
  const ys = points.map((p) => p[1]);
  const [x0, x1] = [Math.min(...xs), Math.max(...xs)];
  let [y0, y1] = [Math.min(...ys), Math.max(...ys)];
  if (y0 === y1) [y0, y1] = [y0 - (Math.abs(y0) || 1) / 2, y1 + (Math.abs(y1) || 1) / 2];
  const x = (v) => left + ((v - x0) / (x1 - x0 || 1)) * (w - left - right);
  const y = (v) => h - bottom - ((v - y0) / (y1 - y0)) * (h - top - bottom);
  const last = ys[ys.length - 1];
  const svg = draw("svg", { viewBox: `0 0 ${w} ${h}`, role: "img", "aria-label": `${named(name)} from ${short(ys[0])} at step ${Math.round(x0)} to ${short(last)} at step ${Math.round(x1)}` });
  for (const v of [y0, (y0 + y1) / 2, y1]) {
    const label = draw("text", { x: left - 6, y: y(v) + 4, "text-anchor": "end" });
    label.textContent = short(v);
    svg.append(draw("line", { class: "grid", x1: left, x2: w - right, y1: y(v), y2: y(v) }), label);
  }
  const ends = [[x0, "start"], [x1, "end"]].map(([v, anchor]) => {
    const label = draw("text", { x: x(v), y: h - 7, "text-anchor": anchor });
    label.textContent = (anchor === "start" ? "step " : "") + many(Math.round(v));
    return label;
  });
  svg.append(...ends, draw("path", { class: "line", d: points.map((p, i) => (i ? "L" : "M") + x(p[0]).toFixed(1) + " " + y(p[1]).toFixed(1)).join("") }));
  const title = capital(named(name)) + (severalPhases ? ", " + phase : "");
  return make("figure", { className: "curve" },
    make("figcaption", {}, title, make("span", { textContent: "last " + short(last) })),
    make("p", { className: "hint", textContent: CURVES[name] || "" }), svg);
}

// --- help --------------------------------------------------------------------------------------

function showHelp() {
  for (const text of run.takesText ? run.examples : []) {
    const example = make("button", { type: "button", className: "link", textContent: text });
    example.addEventListener("click", () => {
      write(text);
      byText();
    });
    $("examples").append(make("li", {}, example));
  }
  $("help-text").hidden = !run.takesText;
  $("help-mark").hidden = !run.takesText || !run.texts;
  $("help-match").append(tick(), "same description");
  $("help-random").textContent = run.takesText
    ? "Try a random test text: it belongs to one image, and you see at which rank the model puts that image."
    : "Try a random test image: you see at which rank the model puts the first image of the same kind.";
  $("help").hidden = false;
}

// --- beginning ---------------------------------------------------------------------------------

async function begin() {
  listenForTabs();
  listenForKeys();
  try {
    run = await fetchJson("/api/run");
  } catch (fault) {
    message(fault.message);
    $("status").textContent = "No model";
    return;
  }
  $("by-text").hidden = !run.takesText;
  $("query").placeholder = run.examples.length ? shown("e.g. " + run.examples[0]) : "";
  for (let k = 1; k <= run.mostK; k++) $("k").append(make("option", { value: k, textContent: k, selected: k === run.k }));
  $("compose-fields").append(...run.compose.map((facet) => chooser(facet, "any", composed)));
  $("compose").hidden = run.compose.length === 0;
  $("filter-fields").append(...run.filters.map((facet) => chooser(facet, "all", filtered)));
  $("filters").hidden = run.filters.length === 0;
  $("random").textContent = run.takesText ? "Try a random test text" : "Try a random test image";
  showHelp();
  clearPicture();
  listenForPictures();
  $("query").addEventListener("input", grow);
  $("form").addEventListener("submit", (event) => {
    event.preventDefault();
    if (run.takesText) byText();
  });
  $("k").addEventListener("change", () => again && again());
  $("random").addEventListener("click", byChance);
  const state = run.finished ? "" : " (still training)";
  tell("status", `Model ${run.model}${state} · ${images(run.images)} indexed from ${run.data}${run.local ? " · your searches stay on this computer" : ""}`);
  document.title = shown("Image search · " + run.model);
  if (run.takesText) $("query").focus();
  window.addEventListener("popstate", follow);
  follow();
}

begin();
