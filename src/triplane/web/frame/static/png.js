// Saves a chart as a PNG: the drawing with its name, its words and its font, painted as it stands on the page.
const PAINT = ["fill", "fill-opacity", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity", "font-size", "font-weight", "text-anchor"];
const FONT = "/static/fonts/figtree-latin-wght-normal.woff2", WIDE = 720, EDGE = 24, SHARP = 2;

async function font() {
  const bytes = new Uint8Array(await (await fetch(FONT)).arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return `@font-face{font-family:Figtree;font-weight:300 900;src:url(data:font/woff2;base64,${btoa(text)})}`;
}

/** Classes mean nothing in a picture of its own: every part takes its paint along. */
function painted(svg) {
  const copy = svg.cloneNode(true), parts = copy.querySelectorAll("*");
  svg.querySelectorAll("*").forEach((part, place) => {
    const look = getComputedStyle(part);
    for (const name of PAINT) parts[place].style.setProperty(name, look.getPropertyValue(name));
  });
  return copy;
}

function line(words, y, size, weight, ink) {
  const text = document.createElementNS("http://www.w3.org/2000/svg", "text");
  for (const [name, value] of Object.entries({ x: EDGE, y, fill: ink, "font-size": size, "font-weight": weight })) text.setAttribute(name, value);
  text.textContent = words;
  return text;
}

async function picture(card) {
  const svg = card.querySelector("svg.chart"), [, , w, h] = svg.getAttribute("viewBox").split(" ").map(Number);
  const inner = WIDE - 2 * EDGE, high = inner * h / w, said = card.dataset.says, top = said ? 84 : 58;
  const look = getComputedStyle(card), whole = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const height = Math.round(top + high + EDGE);
  for (const [name, value] of Object.entries({ xmlns: "http://www.w3.org/2000/svg", width: WIDE * SHARP, height: height * SHARP, viewBox: `0 0 ${WIDE} ${height}`, "font-family": "Figtree, sans-serif" })) whole.setAttribute(name, value);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  for (const [name, value] of Object.entries({ width: WIDE, height, fill: look.backgroundColor })) ground.setAttribute(name, value);
  const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
  style.textContent = await font();
  const copy = painted(svg);
  for (const [name, value] of Object.entries({ x: EDGE, y: top - 8, width: inner, height: high })) copy.setAttribute(name, value);
  whole.append(style, ground, line(card.dataset.png, 42, 22, 680, look.color));
  if (said) whole.append(line(said, 68, 15, 450, look.color));
  whole.append(copy);
  return { text: new XMLSerializer().serializeToString(whole), height };
}

async function save(card) {
  const { text, height } = await picture(card), image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  canvas.width = WIDE * SHARP;
  canvas.height = height * SHARP;
  canvas.getContext("2d").drawImage(image, 0, 0);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, "image/png")));
  link.download = `triplane-${card.dataset.png.toLowerCase().replace(/[^a-z0-9]+/g, "-")}.png`;
  link.click();
  URL.revokeObjectURL(link.href);
}

for (const card of document.querySelectorAll("[data-png]")) {
  if (!card.querySelector("svg.chart")) continue;
  const button = document.querySelector("#png-button").content.firstElementChild.cloneNode(true);
  button.setAttribute("aria-label", `${button.textContent}: ${card.dataset.png}`);
  button.addEventListener("click", () => void save(card));
  card.append(button);
}
