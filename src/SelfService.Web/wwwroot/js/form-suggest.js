// Beside a form: articles that answer what is being written. They come while the person pauses, never while she types, and
// never push away the field she is in. Without this file the form's own articles stay; the form itself needs none of this.
const WAIT = 400;
// What the server looks at: what was chosen, and the end of what was written.
const LONGEST = 512;
const NARROW = matchMedia("(max-width: 59.99rem)");

for (const panel of document.querySelectorAll("[data-form-suggest]")) {
  const form = document.getElementById(panel.dataset.form);
  if (form) {
    attach(panel, form);
  }
}

function attach(panel, form) {
  const words = panel.dataset;
  const list = panel.querySelector("ul");
  const status = panel.querySelector("[role=status]");
  const template = panel.querySelector("template");
  const ownPlace = panel.parentElement;
  const own = [...list.children];
  let shown = null;
  let asked = null;
  let waiting = 0;
  let request = null;
  let held = null;

  place();
  NARROW.addEventListener("change", place);

  form.addEventListener("input", (event) => {
    // Half a syllable or an accent waiting for its letter is not yet a word.
    if (!event.isComposing) {
      later();
    }
  });
  form.addEventListener("compositionend", later);
  form.addEventListener("change", later);
  document.addEventListener("focusin", () => {
    if (held) {
      show(held);
    }
  });
  // What a browser filled in again when she came back.
  addEventListener("pageshow", later);

  function later() {
    clearTimeout(waiting);
    waiting = setTimeout(ask, WAIT);
  }

  async function ask() {
    const text = told(form);
    if (text === asked) {
      return;
    }

    request?.abort();
    const mine = request = new AbortController();
    asked = text;
    if (text === "") {
      show([]);
      return;
    }

    try {
      const answer = await fetch(words.formSuggest, {
        method: "POST", signal: mine.signal, headers: { Accept: "application/json" }, body: new URLSearchParams({ texto: text }),
      });
      if (answer.ok) {
        show(await answer.json());
      } else {
        // Too often, or out of order: what is there stays, and the next pause asks again.
        asked = null;
      }
    } catch {
      if (!mine.signal.aborted) {
        asked = null;
      }
    }
  }

  function show(found) {
    held = null;
    const now = found.map((one) => one.article).join(" ");
    if (now === shown) {
      return;
    }

    if (isInTheWay()) {
      held = found;
      return;
    }

    const before = shown;
    shown = now;
    const lines = found.length > 0 ? found.map(line) : own;
    list.replaceChildren(...lines);
    panel.hidden = lines.length === 0;
    if (found.length > 0) {
      status.textContent = found.length === 1 ? words.one : words.many.replace("{0}", found.length);
    } else if (before) {
      status.textContent = "";
    }
  }

  // Something is being read or pressed in it, or the field she is in stands below it and would move.
  function isInTheWay() {
    const active = document.activeElement;
    return panel.contains(active)
      || (form.contains(panel) && form.contains(active) && (panel.compareDocumentPosition(active) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0);
  }

  function line(one) {
    const item = template.content.firstElementChild.cloneNode(true);
    item.querySelector("a").href = one.url;
    item.querySelectorAll("[data-title]").forEach((part) => { part.textContent = one.title; });
    item.querySelector(".offer-summary").textContent = one.summary;
    item.querySelector(".offer-where").textContent = one.section ? one.topic + " › " + one.section : one.topic;
    item.querySelector("button").value = one.article;
    return item;
  }

  // Beside the form where there is room, else right below what is written.
  function place() {
    const fields = [...form.querySelectorAll("textarea")].filter((field) => !field.closest("[data-show-when]"));
    const below = fields.at(-1)?.closest(".request-part");
    if (NARROW.matches && below) {
      below.append(panel);
    } else {
      ownPlace.prepend(panel);
    }
  }
}

// What was chosen and written, without what tells who she is: only long texts, the subject and the words of options.
function told(form) {
  const chosen = [];
  const written = [];
  for (const control of form.querySelectorAll("textarea, select, input[name=asunto], .choices input:checked")) {
    if (control.closest("[hidden], [aria-hidden=true], .request-contact")) {
      continue;
    }

    if (control.tagName === "TEXTAREA") {
      written.push(control.value.trim());
    } else if (control.tagName === "SELECT") {
      chosen.push(control.value ? control.selectedOptions[0].text.trim() : "");
    } else {
      chosen.push(control.name === "asunto" ? control.value.trim() : control.closest("label").textContent.trim());
    }
  }

  const head = chosen.filter((text) => text !== "").join("\n").slice(0, LONGEST / 2);
  const rest = written.filter((text) => text !== "").join("\n");
  const room = LONGEST - head.length - 1;
  const tail = rest.length > room ? rest.slice(-room).replace(/^\S*\s/, "") : rest;
  return [head, tail].filter((text) => text !== "").join("\n");
}
