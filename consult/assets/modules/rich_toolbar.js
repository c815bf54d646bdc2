// The row of buttons over the text: real buttons, one tab stop, arrow keys between them (ARIA APG, "Toolbar").

const ICONS = {
  strong: "M6 4h5a3 3 0 0 1 0 6H6zM6 10h6a3 3 0 0 1 0 6H6z",
  em: "M9 4h6M5 16h6M12 4 8 16",
  heading: "M3 4v12M10 4v12M3 10h7M14 9l2.5-2V16",
  subheading: "M3 4v12M10 4v12M3 10h7M13.5 9.5a2 2 0 1 1 3.6 1.2L13.5 16h4",
  quote: "M3 11h4V7H4.500A4 4 0 0 0 3 10v3M11 11h4V7h-2.500a4 4 0 0 0-1.5 3v3",
  bullets: "M8 5h9M8 10h9M8 15h9M3.5 5h.01M3.5 10h.01M3.5 15h.01",
  numbers: "M9 5h8M9 10h8M9 15h8M3 4l1.5-1v4M3 12.500a1.2 1.2 0 1 1 2 .8L3 16h2.5",
  outdent: "M9 5h8M9 10h8M9 15h8M6 7 3 10l3 3",
  indent: "M9 5h8M9 10h8M9 15h8M3 7l3 3-3 3",
  link: "M8.5 11.500l3-3M9 6l2-2a3.5 3.5 0 0 1 5 5l-2 2M11 14l-2 2a3.5 3.5 0 0 1-5-5l2-2",
  footnote: "M3 16 7 5l4 11M4.3 12h5.400M14 4l1.5-1v6",
  undo: "M7 4 3 8l4 4M3 8h8a5 5 0 0 1 0 10H8",
  redo: "M13 4l4 4-4 4M17 8H9a5 5 0 0 0 0 10h3",
};

function draw(path) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("viewBox", "0 0 20 20");
  icon.setAttribute("aria-hidden", "true");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  line.setAttribute("d", path);
  icon.append(line);
  return icon;
}

export class Toolbar {
  /** tools: [{name, run(), isOn?(state), can?(state), keys?}], a null between groups; labels: by name. */
  constructor(tools, labels, controls) {
    this.element = document.createElement("div");
    this.element.className = "rich-toolbar";
    this.element.setAttribute("role", "toolbar");
    this.element.setAttribute("aria-label", labels.toolbar);
    this.element.setAttribute("aria-controls", controls);
    this.tools = tools.filter(Boolean);
    let group;
    for (const tool of [null, ...tools]) {
      if (!tool) {
        group = document.createElement("div");
        group.className = "rich-toolbar__group";
        this.element.append(group);
      } else group.append(this.button(tool, labels[tool.name]));
    }
    this.tools[0].button.tabIndex = 0;
    this.element.addEventListener("keydown", (event) => this.move(event));
  }

  button(tool, label) {
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "rich-tool", tabIndex: -1, title: tool.shown ? `${label} (${tool.shown})` : label });
    button.setAttribute("aria-label", label);
    if (tool.keys) button.setAttribute("aria-keyshortcuts", tool.keys);
    button.append(draw(ICONS[tool.name]));
    // The place in the text stays where it is while one presses.
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => {
      if (button.getAttribute("aria-disabled") !== "true") tool.run();
      this.stop(button);
    });
    tool.button = button;
    return button;
  }

  /** Makes a button the one that Tab goes to. */
  stop(button) {
    for (const tool of this.tools) tool.button.tabIndex = tool.button === button ? 0 : -1;
  }

  focus() {
    this.tools.find((tool) => tool.button.tabIndex === 0).button.focus();
  }

  move(event) {
    const last = this.tools.length - 1;
    const at = this.tools.findIndex((tool) => tool.button === document.activeElement);
    const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at ? at - 1 : last, Home: 0, End: last }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.stop(this.tools[to].button);
    this.tools[to].button.focus();
  }

  /** Shows what is on and what can be done where the cursor is. */
  show(state) {
    for (const { button, isOn, can } of this.tools) {
      if (isOn) button.setAttribute("aria-pressed", String(isOn(state)));
      if (can) button.setAttribute("aria-disabled", String(!can(state)));
    }
  }
}

/** Asks for one text in a dialog; resolves to it, to "" when it is to be removed, to undefined when let be. */
export function ask({ title, label, value = "", check, labels }) {
  const dialog = document.createElement("dialog");
  dialog.className = "rich-dialog";
  const form = document.createElement("form");
  form.method = "dialog";
  const heading = document.createElement("h2");
  const id = `rich-ask-${crypto.randomUUID()}`;
  Object.assign(heading, { id: `${id}-title`, textContent: title });
  dialog.setAttribute("aria-labelledby", heading.id);
  const name = document.createElement("label");
  Object.assign(name, { className: "ds-label", htmlFor: id, textContent: label });
  const input = document.createElement("input");
  Object.assign(input, { id, className: "ds-input", type: "text", value, autocomplete: "off" });
  const wrong = document.createElement("p");
  Object.assign(wrong, { id: `${id}-error`, className: "ds-validation-message" });
  wrong.dataset.color = "danger";
  wrong.setAttribute("role", "alert");
  const row = document.createElement("div");
  row.className = "button-group";
  const add = (text, variant, action) => {
    const button = document.createElement("button");
    Object.assign(button, { type: action ? "button" : "submit", className: "ds-button", textContent: text });
    button.dataset.variant = variant;
    if (action) button.addEventListener("click", action);
    row.append(button);
  };
  form.append(heading, name, input, wrong, row);
  dialog.append(form);
  document.body.append(dialog);
  return new Promise((resolve) => {
    let answer;
    const close = (text) => { answer = text; dialog.close(); };
    add(labels.done, "primary");
    if (value) add(labels.remove, "secondary", () => close(""));
    add(labels.cancel, "tertiary", () => close(undefined));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const text = input.value.trim();
      const error = text && check?.(text);
      wrong.textContent = error || "";
      input.setAttribute("aria-invalid", String(Boolean(error)));
      input.setAttribute("aria-describedby", wrong.id);
      if (error) input.focus();
      else close(text || undefined);
    });
    dialog.addEventListener("close", () => { dialog.remove(); resolve(answer); });
    dialog.showModal();
    input.select();
  });
}
