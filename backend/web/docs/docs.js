// Draws /openapi.json so that people can read it. Text only: nothing is run or inserted as markup.

const METHODS = ["get", "post", "put", "delete"];

const description = await (await fetch("/openapi.json")).json();
const doors = document.getElementById("doors");
doors.replaceChildren(...description.tags.map(actor));

function actor(tag) {
  const section = element("section", {}, element("h2", {}, tag.description || tag.name));
  for (const [path, operations] of Object.entries(description.paths)) {
    for (const method of METHODS) {
      const operation = operations[method];
      if (operation?.tags.includes(tag.name)) {
        const shared = operations.parameters || [];
        section.append(door(method, path, operation, shared));
      }
    }
  }
  return section;
}

function door(method, path, operation, shared) {
  const summary = element(
    "summary", {},
    element("span", { className: "method" }, method.toUpperCase()),
    element("code", {}, path), " ", operation.summary || "",
  );
  if (operation.security?.length) {
    summary.append(element("span", { className: "lock" }, "🔑 DPoP"));
  }
  const box = element("details", {}, summary);
  if (operation.description) box.append(element("p", {}, operation.description));
  const parameters = [...shared, ...(operation.parameters || [])].map(resolved);
  if (parameters.length) {
    box.append(element("h3", {}, "引数 / Parameters"), ...parameters.map(parameter));
  }
  if (operation.requestBody) {
    box.append(element("h3", {}, "本文 / Body"), ...contents(operation.requestBody));
  }
  for (const [status, answer] of Object.entries(operation.responses)) {
    const told = resolved(answer);
    box.append(element("h3", {}, `${status} ${told.description || ""}`));
    if (status < "400") box.append(...contents(told));
  }
  return box;
}

function parameter(told) {
  const need = told.required ? "必須 / required" : "任意 / optional";
  return element(
    "p", {}, element("code", {}, told.name), ` (${told.in}, ${need}) `,
    rule(resolved(told.schema || {})), " ", told.description || "",
  );
}

function contents(holder) {
  return Object.entries(holder.content || {}).flatMap(([type, media]) => [
    element("p", {}, element("code", {}, type)),
    shape(media.schema || {}, 0),
  ]);
}

function shape(schema, depth) {
  const told = resolved(schema);
  const inner = told.anyOf?.find((one) => one.type !== "null") || told.items;
  const properties = Object.entries(told.properties || {});
  if (!properties.length && inner && depth < 8) return shape(inner, depth + 1);
  if (!properties.length) return element("p", { className: "shape" }, rule(told));
  const list = element("dl", { className: "shape" });
  for (const [name, field] of properties) {
    const plain = resolved(field);
    const star = told.required?.includes(name) ? " *" : "";
    list.append(element("dt", {}, element("code", {}, name + star), " ", rule(plain)));
    const words = element("dd", {}, plain.description || "");
    if (depth < 8 && hasMembers(plain)) words.append(shape(field, depth + 1));
    list.append(words);
  }
  return list;
}

function hasMembers(told) {
  const inner = told.items || told.anyOf?.find((one) => one.type !== "null");
  return Boolean(told.properties || (inner && hasMembers(resolved(inner))));
}

function rule(told) {
  const type = [told.type || ""].flat().join(" | ");
  const bounds = [
    told.format,
    told.enum && told.enum.map(String).join(" | "),
    told.maxLength && `≤ ${told.maxLength} 文字 / characters`,
    told.maxItems && `≤ ${told.maxItems} 件 / items`,
    told.minimum !== undefined && `${told.minimum}–${told.maximum}`,
    told.pattern && `/${told.pattern}/`,
  ].filter(Boolean);
  return [type, ...bounds].filter(Boolean).join(", ");
}

function resolved(schema) {
  if (!schema.$ref) return schema;
  const names = schema.$ref.slice(2).split("/");
  return names.reduce((place, name) => place[name], description);
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
