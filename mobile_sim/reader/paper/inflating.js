// DEFLATE and zlib undone by the browser itself, never beyond a limit (a bomb stays small).

/**
 * The inflated octets. Throws (RangeError, TypeError) if they are more than `limit`, cut
 * short, followed by something, or not compressed at all.
 * @param {Uint8Array} octets @param {"deflate-raw"|"deflate"} format @param {number} limit
 */
export async function inflated(octets, format, limit) {
  const stream = new Blob([/** @type {BlobPart} */ (octets)]).stream().pipeThrough(new DecompressionStream(format));
  const parts = [];
  let size = 0;
  for await (const part of chunks(stream)) {
    size += part.length;
    if (size > limit) throw new RangeError("too long");
    parts.push(part);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** Every browser reads streams this way; leaving the loop early ends the stream. */
async function* chunks(stream) {
  const reader = stream.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } finally {
    await reader.cancel().catch(() => {});
  }
}
