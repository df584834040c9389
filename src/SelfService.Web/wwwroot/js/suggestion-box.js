// Suggestions and recent searches under a search box: the keys, the words for a screen reader and what is asked when
// (WAI-ARIA 1.2, combobox with a list).
import { fold, forgetAllSearches, forgetSearch, recentSearches } from "./recent-searches.js";
import { clearOption, recentOptions, suggestionList, suggestionOption } from "./suggestion-list.js";

const WAIT = 80;
// A screen reader speaks each letter; it is told of the list once the typing pauses.
const PAUSE = 700;
const SHORTEST = 2;

// To be called once the person is in the box.
export function attach(form) {
  const input = form.elements.q;
  const words = form.dataset;
  const list = suggestionList("suggestions-" + Math.random().toString(36).slice(2, 8), words.suggestLabel);
  const status = document.createElement("p");
  let asking = 0;
  let speaking = 0;
  let request = null;
  // What the list was made for; null when it is of no use any more.
  let shown = null;

  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  form.append(list.element, status);
  input.setAttribute("aria-controls", list.element.id);

  const isOpen = () => !list.element.hidden;

  function open() {
    const may = list.options.length > 0 && document.activeElement === input;
    list.element.hidden = !may;
    input.setAttribute("aria-expanded", String(may));
  }

  function close() {
    stop();
    list.element.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(null);
  }

  // Nothing that is still under way may open the list again or speak.
  function stop() {
    clearTimeout(asking);
    clearTimeout(speaking);
    request?.abort();
  }

  function mark(option) {
    list.mark(option);
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function fill(groups, typed) {
    mark(null);
    list.fill(groups);
    shown = typed;
    open();
  }

  function say(text) {
    clearTimeout(speaking);
    speaking = setTimeout(() => tell(text), PAUSE);
  }

  // The same words again would be spoken again.
  function tell(text) {
    clearTimeout(speaking);
    if (status.textContent !== text) {
      status.textContent = text;
    }
  }

  function showRecent() {
    const recent = recentSearches();
    const options = recent.flatMap((text) => recentOptions(text, words.recentRemove.replace("{0}", text)));
    fill(recent.length === 0 ? [] : [{ label: words.recent, note: words.recentNote, options: [...options, clearOption(words.recentClear)], recent: true }], "");
    if (recent.length > 0) {
      say(recent.length === 1 ? words.recentOne : words.recentMany.replace("{0}", recent.length));
    }
  }

  function showFound(found, typed) {
    const groups = [["article", words.groupArticles], ["product", words.groupProducts], ["topic", words.groupTopics], ["action", words.groupActions]]
      .map(([kind, label]) => ({ label, options: found.filter((one) => one.kind === kind).map((one) => suggestionOption(one, typed)) }))
      .filter((group) => group.options.length > 0);
    fill(groups, typed);
    say(found.length === 0 ? words.suggestNone : found.length === 1 ? words.suggestOne : words.suggestMany.replace("{0}", found.length));
  }

  async function ask() {
    request?.abort();
    const typed = input.value.trim();
    if (typed.length < SHORTEST) {
      status.textContent = "";
      if (input.value === "") {
        showRecent();
      } else {
        fill([], null);
      }
      return;
    }

    const mine = request = new AbortController();
    try {
      const response = await fetch(words.suggest + "?q=" + encodeURIComponent(typed), {
        signal: mine.signal, headers: { Accept: "application/json" },
      });
      const found = response.ok ? await response.json() : null;
      if (mine.signal.aborted || input.value.trim() !== typed) {
        return;
      }

      if (found === null) {
        close();
      } else {
        showFound(found, typed);
      }
    } catch {
      // Typing on, or no network. What is shown belongs to other words; the search itself still works.
      if (!mine.signal.aborted) {
        close();
      }
    }
  }

  function choose(option) {
    const { url, search, forget, clear } = option.dataset;
    if (url) {
      close();
      location.assign(url);
    } else if (search !== undefined) {
      input.value = search;
      form.requestSubmit();
    } else if (forget !== undefined) {
      remove(forget);
    } else if (clear !== undefined) {
      forgetAllSearches();
      showRecent();
      tell(words.recentCleared);
    }
  }

  function remove(text) {
    const place = rows().findIndex((row) => row.dataset.search === text);
    forgetSearch(text);
    showRecent();
    const left = rows().filter((row) => row.dataset.search !== undefined);
    mark(left[Math.min(place, left.length - 1)]);
    tell(words.recentRemoved.replace("{0}", text));
  }

  const isFresh = () => shown !== null && fold(shown) === fold(input.value.trim());

  // What belongs under the box as it is now, at once where it is known.
  function show() {
    if (input.value === "") {
      showRecent();
    } else if (isFresh()) {
      open();
    } else {
      ask();
    }
  }

  // Up and down go from line to line; what stands at the end of a line is reached sideways.
  const rows = () => list.options.filter((option) => option.dataset.forget === undefined);

  function move(step) {
    if (!isOpen()) {
      show();
    }

    const lines = rows();
    const current = list.active?.dataset.forget === undefined ? list.active : list.active.previousElementSibling;
    // Beyond either end the words in the box are the active thing again.
    mark(isOpen() ? current ? lines[lines.indexOf(current) + step] : lines.at(step > 0 ? 0 : -1) : null);
    return true;
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Home: () => edge(0),
    End: () => edge(-1),
    ArrowRight: () => sideways(list.active?.nextElementSibling, "forget"),
    ArrowLeft: () => sideways(list.active?.previousElementSibling, "search"),
    Delete: () => {
      const text = isOpen() ? list.active?.dataset.search ?? list.active?.dataset.forget : undefined;
      return text !== undefined && (remove(text), true);
    },
    Enter: () => isOpen() && list.active !== null && (choose(list.active), true),
    Tab: () => (close(), false),
    // The first closes the list, the second empties the box.
    Escape: () => {
      if (isOpen()) {
        close();
      } else {
        input.value = "";
        shown = null;
        stop();
      }
      return true;
    },
  };

  function edge(place) {
    return isOpen() && list.active !== null && (mark(rows().at(place)), true);
  }

  function sideways(option, kind) {
    return isOpen() && option?.dataset?.[kind] !== undefined && (mark(option), true);
  }

  input.addEventListener("input", (event) => {
    mark(null);
    clearTimeout(asking);
    clearTimeout(speaking);
    // Half a syllable of Japanese or an accent waiting for its letter is not yet a word.
    if (!event.isComposing) {
      asking = setTimeout(ask, WAIT);
    }
  });
  input.addEventListener("compositionend", () => {
    clearTimeout(asking);
    asking = setTimeout(ask, WAIT);
  });
  input.addEventListener("focus", () => {
    if (input.value === "" || isFresh()) {
      show();
    }
  });
  input.addEventListener("pointerdown", () => {
    if (document.activeElement === input && !isOpen()) {
      show();
    }
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const plain = !event.isComposing && event.keyCode !== 229 && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (plain && !(event.shiftKey && event.key !== "Tab") && keys[event.key]?.()) {
      event.preventDefault();
    }
  });
  form.addEventListener("submit", close);
  // Pressing an option must not take the focus from the box, which would close the list under the finger.
  list.element.addEventListener("mousedown", (event) => event.preventDefault());
  list.element.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) {
      choose(option);
    }
  });

  // What was typed while this was being loaded.
  if (document.activeElement === input && (input.value === "" || input.value !== input.defaultValue)) {
    show();
  }
}
