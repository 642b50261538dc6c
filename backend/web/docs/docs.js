// Draws /openapi.json so that people can read it. Text only: nothing is run, and nothing
// but our own table of problems is inserted as markup.

const ORDER = ["clinic", "patient", "insurer", "enrolment", "oauth", "public", "pages"];
const METHODS = ["get", "post", "put", "delete"];
const DEEPEST = 8;

const [description, examples, problems] = await Promise.all([
  fetched("/openapi.json", "json"), fetched("/pages/examples.json", "json"), fetched("/problems", "text"),
]);
const doors = document.getElementById("doors");
const tags = description.tags.toSorted((a, b) => rank(a) - rank(b));
doors.replaceChildren(contents(tags), ...tags.map(actor), problemList());
letSearch();
openTarget();
addEventListener("hashchange", openTarget);

async function fetched(path, kind) {
  return (await fetch(path))[kind]();
}

function rank(tag) {
  const place = ORDER.indexOf(tag.name.split("_")[0]);
  return place < 0 ? ORDER.length : place;
}

function contents(tags) {
  const links = tags.map((tag) => element("a", { href: `#${tag.name}` }, bilingual(tag.description)[0]));
  const last = element("a", { href: "#problems" }, "エラーの一覧");
  return element("nav", { className: "actors", ariaLabel: "目次 / contents" }, ...links, last);
}

function actor(tag) {
  const section = element("section", {}, heading("h2", tag.description, { id: tag.name }));
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (operation?.tags.includes(tag.name)) {
        section.append(door(method, path, operation, operations.parameters || []));
      }
    }
  }
  return section;
}

function door(method, path, operation, shared) {
  const [ja, en] = bilingual(operation.summary || "");
  const summary = element("summary", {},
    element("span", { className: `method ${method}` }, method.toUpperCase()), element("code", {}, path));
  if (operation.security?.length) {
    summary.append(element("span", { className: "lock" }, "要認証"));
  }
  summary.append(element("span", { className: "told" }, ja), english(en));
  const box = element("details", { id: (method + path).replace(/\W+/g, "-") }, summary);
  box.append(...told(operation.description));
  const parameters = [...shared, ...(operation.parameters || [])].map(resolved);
  if (parameters.length) {
    box.append(heading("h3", "引数 / Parameters"), element("dl", {}, ...parameters.flatMap(parameter)));
  }
  const body = operation.requestBody;
  if (body) box.append(heading("h3", "本文 / Body"), ...told(body.description), ...bodies(body, true));
  box.append(...answers(operation.responses));
  return box;
}

function answers(responses) {
  const all = Object.entries(responses);
  const good = all.filter(([status]) => status < "400").flatMap(([status, answer]) => [
    heading("h3", `${status} 回答 / ${status} Answer`), ...bodies(resolved(answer), false),
  ]);
  const refused = all.map(([status]) => status).filter((status) => status >= "400" && status < "600");
  const link = element("a", { href: "#problems" }, "エラーの一覧");
  const line = element("p", {}, ...refused.map((status) => element("code", {}, `${status} `)), "→ ", link);
  return [...good, ...(refused.length ? [heading("h3", "断られるとき / Refusals"), line] : [])];
}

function parameter({ name, schema = {}, required, in: place, description: words }) {
  return field(name, schema, required, place, words);
}

function bodies(holder, isAsked) {
  return Object.entries(holder.content || {}).flatMap(([type, { schema = {} }]) => {
    const drawn = [element("p", {}, element("code", {}, type)), shape(schema, 0, isAsked)];
    if (/json|form/.test(type)) drawn.push(sample(example(schema), type));
    return drawn;
  });
}

function sample(value, type) {
  const text = /json/.test(type) ? JSON.stringify(value, null, 2) : new URLSearchParams(value).toString();
  const title = element("p", { className: "rule" }, "例 / example");
  return element("div", {}, title, element("pre", { tabIndex: 0 }, text));
}

// The example of a schema: its own, or made of its members' examples.
function example(schema, name = "") {
  if (schema.$ref) {
    const shapeName = schema.$ref.split("/").at(-1);
    return shapeName in examples ? examples[shapeName] : example(resolved(schema), shapeName);
  }
  const inner = schema.anyOf?.find((one) => one.type !== "null");
  if (inner) return example(inner, name);
  if (schema.items) return [example(schema.items, name)];
  if (!schema.properties) return null;
  return Object.fromEntries(Object.entries(schema.properties).map(([member, below]) => {
    const known = [`${name}.${member}`, member].find((key) => key in examples);
    return [member, known ? examples[known] : example(below)];
  }));
}

// The members of a schema; what is required is marked only where it is asked for.
function shape(schema, depth, isAsked) {
  const whole = resolved(schema);
  const inner = whole.anyOf?.find((one) => one.type !== "null") || whole.items;
  if (!whole.properties && inner && depth < DEEPEST) return shape(inner, depth + 1, isAsked);
  if (!whole.properties) return element("p", { className: "shape rule" }, rule(whole));
  const drawn = Object.entries(whole.properties).flatMap(([name, member]) => {
    const isRequired = isAsked && whole.required?.includes(name);
    const rows = field(name, member, isRequired, "", resolved(member).description);
    if (depth < DEEPEST && hasMembers(resolved(member))) rows.at(-1).append(shape(member, depth + 1, isAsked));
    return rows;
  });
  return element("dl", {}, ...drawn);
}

function field(name, schema, isRequired, place, words) {
  const need = isRequired ? [element("span", { className: "need" }, "※必須")] : [];
  const bounds = [place, rule(resolved(schema))].filter(Boolean).join(" ・ ");
  const term = element("dt", {}, element("code", {}, name), ...need);
  return [term, element("dd", {}, element("span", { className: "rule" }, bounds), ...told(words))];
}

function hasMembers(whole) {
  const inner = whole.items || whole.anyOf?.find((one) => one.type !== "null");
  if (inner) return hasMembers(resolved(inner));
  return Boolean(whole.properties) && !isSentence(whole);
}

function isSentence(whole) {
  return Object.keys(whole.properties || {}).sort().join() === "en,ja";
}

function rule(whole) {
  if (isSentence(whole)) return "{ ja, en } 日本語と英語の文";
  const inner = whole.anyOf?.find((one) => one.type !== "null");
  if (inner) return `${rule(resolved(inner))} | null`;
  if (whole.oneOf) return whole.oneOf.map(rule).join(" または ");
  const isFixed = whole.format || whole.enum || whole.pattern;
  return [
    [whole.type || ""].flat().join(" | "), whole.format, whole.enum && whole.enum.map(String).join(" | "),
    whole.maxLength && !isFixed && `${whole.minLength ?? 0}–${whole.maxLength} 文字`,
    whole.maxItems && `${whole.maxItems} 件まで`,
    whole.items && !hasMembers(whole) && `各 ${rule(resolved(whole.items))}`,
    whole.minimum !== undefined && `${whole.minimum}–${whole.maximum}`, whole.pattern && `/${whole.pattern}/`,
  ].filter(Boolean).join(", ");
}

function problemList() {
  const table = new DOMParser().parseFromString(problems, "text/html").querySelector("table");
  return element("section", {}, heading("h2", "エラーの一覧 / Problems", { id: "problems" }), table);
}

function letSearch() {
  const words = document.getElementById("words");
  words.closest(".search").hidden = false;
  words.addEventListener("input", () => {
    const wanted = words.value.trim().toLowerCase();
    for (const box of doors.querySelectorAll("details")) {
      box.hidden = !box.querySelector("summary").textContent.toLowerCase().includes(wanted);
    }
    for (const section of doors.querySelectorAll("section:has(details)")) {
      section.hidden = !section.querySelector("details:not([hidden])");
    }
    const count = doors.querySelectorAll("details:not([hidden])").length;
    document.getElementById("found").textContent = wanted ? `${count} 件 / ${count} found` : "";
  });
}

function openTarget() {
  const target = document.getElementById(location.hash.slice(1));
  if (target?.matches("details")) target.open = true;
  target?.scrollIntoView();
}

function bilingual(text) {
  if (!/[ぁ-んァ-ヶ一-龠]/.test(text)) return ["", text];
  const [ja, ...en] = text.split(" / ");
  return [ja, en.join(" / ")];
}

function heading(level, text, properties = {}) {
  const [ja, en] = bilingual(text);
  return element(level, properties, `${ja} `, english(en));
}

function told(words) {
  if (!words) return [];
  const [ja, en] = bilingual(words);
  return [element("p", {}, `${ja} `, english(en))];
}

function english(text, name = "span") {
  return text ? element(name, { lang: "en" }, text) : "";
}

function resolved(schema) {
  if (!schema.$ref) return schema;
  return schema.$ref.slice(2).split("/").reduce((place, name) => place[name], description);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
