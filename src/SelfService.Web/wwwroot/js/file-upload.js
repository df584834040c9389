// A form with files says how much of it has arrived, and can be stopped. Whatever goes wrong here leaves the form as it is, to
// be sent again; the key in it makes sure that twice is once. Runs after form.js, which lets a form leave only once.
for (const form of document.querySelectorAll("form[data-upload]")) {
  const bar = form.querySelector("[data-upload-bar]");
  if (bar) {
    form.addEventListener("submit", (event) => {
      if (!event.defaultPrevented && hasFiles(form)) {
        send(form, bar, event);
      }
    });
    addEventListener("pageshow", () => { bar.hidden = true; });
  }
}

function hasFiles(form) {
  return [...form.querySelectorAll("input[type=file]")].some((input) => input.files.length > 0);
}

function send(form, bar, event) {
  const words = bar.dataset;
  const progress = bar.querySelector("progress");
  const line = bar.querySelector("[data-upload-line]");
  const spoken = bar.querySelector("[role=status]");
  const cancel = bar.querySelector("button");
  const request = new XMLHttpRequest();
  let said = -1;

  request.upload.addEventListener("progress", ({ loaded, total, lengthComputable }) => {
    const share = lengthComputable ? Math.floor(100 * loaded / total) : 0;
    progress.value = share;
    line.textContent = share < 100 ? words.sending.replace("{0}", share) : words.saving;
    // A screen reader is told at every quarter.
    if (Math.floor(share / 25) > said) {
      said = Math.floor(share / 25);
      spoken.textContent = line.textContent;
    }
  });
  request.addEventListener("load", () => follow(request, form, stop));
  request.addEventListener("error", () => stop(words.failed));
  request.addEventListener("timeout", () => stop(words.failed));
  request.addEventListener("abort", () => stop(words.cancelled));
  cancel.addEventListener("click", () => request.abort(), { once: true });

  try {
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "text/html");
    request.send(new FormData(form, event.submitter));
  } catch {
    // The browser sends it in its own way.
    return;
  }

  event.preventDefault();
  progress.value = 0;
  line.textContent = words.sending.replace("{0}", 0);
  cancel.hidden = false;
  bar.hidden = false;
  bar.scrollIntoView({ block: "nearest" });

  // The form is as it was and may be sent again.
  function stop(text) {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
    progress.value = 0;
    cancel.hidden = true;
    line.textContent = text;
    spoken.textContent = text;
    form.querySelector(".form-end button")?.focus();
  }
}

function follow(request, form, stop) {
  const from = new URL(form.action);
  const to = new URL(request.responseURL);
  if (request.status < 400 && (to.pathname !== from.pathname || to.search !== from.search)) {
    location.assign(to);
    return;
  }

  const page = new DOMParser().parseFromString(request.responseText, "text/html");
  if (form.id && page.getElementById(form.id)) {
    replace(page);
  } else {
    // An error page has no form on it; what it says is shown here, and what was typed stays.
    stop([page.querySelector("h1")?.textContent, page.querySelector("h1 + p")?.textContent].filter(Boolean).join(". "));
  }
}

// The same page with its errors: put in the place of this one, whose scripts then start again.
function replace(page) {
  const scripts = [...page.querySelectorAll("script[type=module][src]")].map((script) => script.src);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  scrollTo(0, 0);
  // Under another name each time, or they would not start again.
  const name = "#" + Date.now();
  scripts.reduce((before, src) => before.then(() => import(src + name)), Promise.resolve());
}
