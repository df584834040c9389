// Answers of the desk: a canned reply or an article goes where the cursor is, the text is shown as it will be read, and a draft is not
// lost by leaving the page by mistake.
const later = (wait, work) => {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...args), wait);
  };
};

const put = (field, text) => {
  field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
};

for (const button of document.querySelectorAll("[data-preview-of]")) {
  const field = document.getElementById(button.dataset.previewOf);
  const shown = field.form.querySelector("[data-preview]");
  button.hidden = false;
  const show = async () => {
    const answer = await fetch("/agente/vista-previa", {
      method: "POST",
      body: new URLSearchParams({ Text: field.value, __RequestVerificationToken: field.form.elements.__RequestVerificationToken.value }),
    });
    if (answer.ok) {
      // Sanitised where it was made.
      shown.innerHTML = await answer.text();
      shown.hidden = shown.innerHTML === "";
    }
  };
  button.addEventListener("click", (event) => {
    event.preventDefault();
    if (shown.hidden) {
      show();
    } else {
      shown.hidden = true;
    }
  });
  field.addEventListener("input", later(300, () => shown.hidden || show()));
}

for (const form of document.querySelectorAll("[data-reply]")) {
  const body = form.querySelector("textarea");
  const choice = form.querySelector("[data-reply-choice]");
  if (choice) {
    choice.hidden = false;
    choice.addEventListener("change", (event) => {
      const text = document.getElementById(event.target.value)?.textContent;
      if (!text) {
        return;
      }

      put(body, text);
      // The first part to fill in is the next thing to do.
      const part = /\*\*\[[^\]\n]*\]\*\*/.exec(body.value);
      if (part) {
        body.setSelectionRange(part.index, part.index + part[0].length);
      }

      event.target.value = "";
    });
  }

  for (const button of document.querySelectorAll("[data-insert]")) {
    button.hidden = false;
    button.addEventListener("click", () => put(body, button.dataset.insert));
  }

  const promised = form.querySelector("[data-promised]");
  let promise = null;
  body.addEventListener("input", later(600, async () => {
    const answer = await fetch(promised.dataset.promised, {
      method: "POST",
      body: new URLSearchParams({ Text: body.value, __RequestVerificationToken: form.elements.__RequestVerificationToken.value }),
    });
    [promise] = answer.ok ? await answer.json() : [];
    promised.hidden = !promise || (form.elements.PromiseDate.value === promise.date && form.elements.PromiseTime.value === promise.time && form.elements.Next.value === "prometer");
    promised.querySelector("span").textContent = promise?.told ?? "";
  }));
  promised.querySelector("button").addEventListener("click", () => {
    form.querySelector("[name=Next][value=prometer]").checked = true;
    [form.elements.PromiseText.value, form.elements.PromiseDate.value, form.elements.PromiseTime.value] = [promise.text, promise.date, promise.time];
    promised.hidden = true;
    body.focus();
  });

  const query = form.querySelector("[data-article-search]");
  const found = form.querySelector("[data-article-found]");
  query.addEventListener("input", later(200, async () => {
    const typed = query.value.trim();
    const answer = typed.length > 1 ? await fetch(`${query.dataset.articleSearch}?q=${encodeURIComponent(typed)}`) : null;
    const articles = answer?.ok ? await answer.json() : [];
    if (query.value.trim() !== typed) {
      return;
    }

    found.replaceChildren(...articles.map(({ title, markdown }) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button button-quiet";
      button.textContent = title;
      button.addEventListener("click", () => {
        put(body, markdown);
        query.value = "";
        found.replaceChildren();
      });
      item.append(button);
      return item;
    }));
    if (typed.length > 1 && articles.length === 0) {
      const none = document.createElement("li");
      none.className = "soft";
      none.textContent = query.dataset.none;
      found.append(none);
    }
  }));
  query.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      found.querySelector("button")?.click();
    }
  });

  const before = body.value;
  addEventListener("beforeunload", (event) => {
    if (!form.dataset.sent && body.value !== before) {
      event.preventDefault();
    }
  });
}
