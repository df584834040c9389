// What was searched on this device, newest first. Nothing of it is ever sent anywhere.
const KEY = "recent-searches";
const MOST = 8;
const LONGEST = 100;

export function recentSearches() {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    // Another program may have written there; only what this one would have kept is believed.
    return Array.isArray(stored) ? stored.filter((text) => typeof text === "string" && mayBeKept(text)).slice(0, MOST) : [];
  } catch {
    return [];
  }
}

export function rememberSearch(typed) {
  const text = typed.normalize("NFC").trim().replace(/\s+/g, " ");
  if (mayBeKept(text)) {
    keep([text, ...recentSearches().filter((other) => fold(other) !== fold(text))].slice(0, MOST));
  }
}

export function forgetSearch(text) {
  keep(recentSearches().filter((other) => fold(other) !== fold(text)));
}

export function forgetAllSearches() {
  keep([]);
}

// The next person at a shared machine must not find an address, a case or a number by which somebody is known.
export function mayBeKept(text) {
  const plain = text.normalize("NFKC");
  const code = /(?<![\p{L}\p{N}])c[\s\p{Pd}._]*[\da-z]{4}[\s\p{Pd}._]*[\da-z]{4}(?![\p{L}\p{N}])/giu;
  const isCode = (found) => /\d/.test(found) || /^c\p{Pd}/iu.test(found);
  return plain.trim().length > 1 && plain.length <= LONGEST
    && !plain.includes("@")
    && !/(?:\p{Nd}[\s\p{Pd}.,()/+_]*){7,}/u.test(plain)
    && !(plain.match(code) ?? []).some(isCode);
}

// Small letters without accents; ñ is a letter of its own.
export function fold(text) {
  return text.normalize("NFC").toLowerCase().replace(/[áéíóúü]/g, (letter) => "aeiouu"["áéíóúü".indexOf(letter)]);
}

function keep(texts) {
  try {
    if (texts.length > 0) {
      localStorage.setItem(KEY, JSON.stringify(texts));
    } else {
      localStorage.removeItem(KEY);
    }
  } catch {
    // Storage is full or not allowed: the box works without a memory.
    return;
  }
}
