// The desk by keyboard. What a key does is what the link or button on the page does; a field that is written in has its keys to itself.
const sheet = document.querySelector("[data-keys]");
const page = sheet.dataset.keys;
const OFF = "desk-keys-off";
const off = sheet.querySelector("[data-keys-off]");

const stored = (value) => {
  try {
    return value === undefined ? localStorage.getItem(OFF) === "1" : localStorage.setItem(OFF, value ? "1" : "0");
  } catch {
    return false;
  }
};

off.checked = stored();
off.addEventListener("change", () => stored(off.checked));
const help = () => sheet.showModal();
document.querySelector("[data-keys-open]")?.addEventListener("click", (event) => {
  event.preventDefault();
  help();
});

const rows = () => [...document.querySelectorAll("[data-rows] tbody tr")];
const linkOf = (row) => row.querySelector(".desk-what a");

function step(by) {
  const all = rows();
  const at = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at < 0 ? 0 : at + by))];
  if (next) {
    linkOf(next).focus();
    next.scrollIntoView({ block: "nearest" });
  }
}

function pick() {
  const box = rows().find((row) => row.contains(document.activeElement))?.querySelector("input[type=checkbox]");
  box?.click();
}

const click = (selector) => document.querySelector(selector)?.click();
const write = (selector) => {
  const field = document.querySelector(selector);
  field?.scrollIntoView({ block: "center" });
  field?.focus();
};

const KEYS = {
  lista: { j: () => step(1), k: () => step(-1), x: pick, "/": () => write("#q") },
  caso: {
    r: () => write("#Body"), n: () => write("#NoteBody"), i: () => write("[data-article-search]"),
    a: () => click("[data-key=a]"), p: () => click("[data-key=p]"), s: () => click("[data-key=s]"), m: () => click("[data-key=m]"),
    j: () => click("[data-key=j]"), k: () => click("[data-key=k]"), u: () => click("[data-key=u]"),
  },
}[page];

addEventListener("keydown", (event) => {
  const field = event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]");
  const send = event.target.closest("form")?.querySelector("[data-send]");
  if (send && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send.click();
    return;
  }

  if (field || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || document.querySelector("dialog[open]") || off.checked) {
    return;
  }

  const act = event.key === "?" ? help : event.key === "c" ? () => { location.href = "/agente/nuevo"; } : KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
