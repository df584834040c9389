// Comforts of the article page: sharing, printing, copying code, and where one is in the contents.
share(document.querySelector("[data-share]"));
copyButtons(document.querySelector("[data-share]")?.dataset);
follow(document.querySelector("[data-contents]"));

function share(tools) {
  if (!tools) {
    return;
  }

  const { title, address, copied } = tools.dataset;
  const button = (action) => tools.querySelector(`[data-action=${action}]`);

  button("print").hidden = false;
  button("print").addEventListener("click", () => print());
  if (navigator.share) {
    button("share").hidden = false;
    button("share").addEventListener("click", () => navigator.share({ title, url: address }).catch(() => {}));
    // The system's own sheet offers these already.
    tools.querySelectorAll("a").forEach((link) => { link.hidden = true; });
  }

  if (navigator.clipboard) {
    const copy = button("copy");
    copy.hidden = false;
    copy.addEventListener("click", () => say(copy.querySelector("span"), copied, navigator.clipboard.writeText(address)));
  }
}

function copyButtons(words) {
  if (!navigator.clipboard || !words) {
    return;
  }

  for (const block of document.querySelectorAll(".prose pre")) {
    const frame = document.createElement("div");
    const button = document.createElement("button");
    const text = document.createElement("span");
    frame.className = "code";
    // A line longer than the box must be reachable without a mouse.
    block.tabIndex = 0;
    button.className = "button button-quiet";
    button.type = "button";
    text.textContent = words.copyCode;
    button.append(text);
    button.addEventListener("click", () => say(text, words.copied, navigator.clipboard.writeText(block.textContent)));
    block.replaceWith(frame);
    frame.append(block, button);
  }
}

async function say(place, words, done) {
  try {
    await done;
  } catch {
    return;
  }

  const before = place.textContent;
  place.setAttribute("role", "status");
  place.textContent = words;
  setTimeout(() => {
    place.textContent = before;
    place.removeAttribute("role");
  }, 2000);
}

function follow(contents) {
  if (!contents) {
    return;
  }

  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) {
      links.set(heading, link);
    }
  }

  let current = null;
  const update = () => {
    // The section being read is the last whose heading has passed the upper third of the window.
    let reading = null;
    for (const heading of links.keys()) {
      if (heading.getBoundingClientRect().top < innerHeight / 3) {
        reading = heading;
      }
    }

    if (reading !== current) {
      links.get(current)?.removeAttribute("aria-current");
      links.get(reading)?.setAttribute("aria-current", "true");
      current = reading;
    }
  };

  let waiting = false;
  addEventListener("scroll", () => {
    if (!waiting) {
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        update();
      });
    }
  }, { passive: true });
  update();
}
