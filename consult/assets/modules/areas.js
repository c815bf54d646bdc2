// Rectangles on a picture: drawn with mouse, pen or finger, moved and resized by keys. Each belongs to a
// fieldset[data-area] of four numbers in per cent, which are what is sent, and all there is without scripts.
import { announce } from "./announce.js";

const SIDES = ["left", "top", "width", "height"];
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const FIRST = { left: 35, top: 40, width: 30, height: 20 };

const within = (value, low, high) => Math.min(Math.max(Math.round(value), low), high);

/** The rectangle, made to lie inside the picture: moved first, and cut where it is too large. */
function inside({ left, top, width, height }) {
  const size = { width: within(width, 1, 100), height: within(height, 1, 100) };
  return { left: within(left, 0, 100 - size.width), top: within(top, 0, 100 - size.height), ...size };
}

/** Four fields, and their box on the picture while they are filled in. */
class Area {
  constructor(fieldset, number, stage) {
    Object.assign(this, { fieldset, number, stage });
    this.inputs = [...fieldset.querySelectorAll("input")];
    this.box = document.createElement("div");
    this.box.className = "area-box";
    this.box.tabIndex = 0;
    this.box.setAttribute("role", "application"); // so that a screen reader leaves us the arrows
    this.box.setAttribute("aria-roledescription", stage.dataset.role);
    this.box.setAttribute("aria-describedby", stage.dataset.help);
    this.corner = document.createElement("span");
    this.corner.className = "area-box__corner";
    this.box.append(this.corner);
    this.box.addEventListener("keydown", (event) => this.onKey(event));
    fieldset.addEventListener("input", () => this.draw());
    this.draw();
  }

  get isFilled() {
    return this.inputs.every((input) => input.value.trim() && Number.isFinite(Number(input.value)));
  }

  get isEmpty() {
    return this.inputs.every((input) => !input.value.trim());
  }

  get place() {
    return Object.fromEntries(SIDES.map((side, index) => [side, Number(this.inputs[index].value)]));
  }

  set place(wanted) {
    const place = inside(wanted);
    SIDES.forEach((side, index) => { this.inputs[index].value = place[side]; });
    this.draw();
  }

  /** Shows what the fields say; fields that are empty and right need no room. */
  draw() {
    this.fieldset.hidden = this.isEmpty && !this.fieldset.querySelector("[aria-invalid=true]");
    if (!this.isFilled) {
      this.box.remove();
      return;
    }
    const { place } = this;
    SIDES.forEach((side) => this.box.style.setProperty(`--${side}`, place[side]));
    this.box.setAttribute("aria-label", this.words(place));
    if (!this.box.isConnected) this.stage.append(this.box);
  }

  words(place) {
    return Object.entries({ n: this.number, ...place })
      .reduce((text, [name, value]) => text.replace(`{${name}}`, value), this.stage.dataset.label);
  }

  clear() {
    this.inputs.forEach((input) => { input.value = ""; });
    this.draw();
  }

  onKey(event) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      this.stage.dispatchEvent(new CustomEvent("area-removed", { detail: this }));
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const { left, top, width, height } = this.place;
    const [right, down] = arrow;
    this.place = event.shiftKey
      ? { left, top, width: Math.min(width + right, 100 - left), height: Math.min(height + down, 100 - top) }
      : { left: left + right, top: top + down, width, height };
    announce(this.words(this.place));
  }
}

class Stage {
  constructor(stage) {
    this.stage = stage;
    this.areas = [...document.querySelectorAll("[data-area]")].map((fieldset, index) => new Area(fieldset, index + 1, stage));
    this.button = document.querySelector("[data-area-draw]");
    this.button.hidden = false;
    this.button.addEventListener("click", (event) => this.onButton(event));
    for (const area of this.areas) {
      const remove = area.fieldset.querySelector("[data-area-remove]");
      remove.hidden = false;
      remove.addEventListener("click", () => this.remove(area));
    }
    stage.addEventListener("area-removed", (event) => this.remove(event.detail));
    stage.addEventListener("pointerdown", (event) => this.onPress(event));
    const picture = stage.querySelector("img");
    picture.src = stage.dataset.plain; // the other shows the frames as they were saved
    picture.alt = stage.dataset.plainAlt;
    picture.draggable = false;
    document.querySelector("[data-area-help]").hidden = false;
    document.querySelector("[data-area-lines]").hidden = true;
  }

  get free() {
    return this.areas.find((area) => area.isEmpty);
  }

  remove(area) {
    area.clear();
    this.button.focus();
    announce(this.stage.dataset.removed);
  }

  /** By keys a rectangle comes at once, in the middle; otherwise the next stroke draws it. */
  onButton(event) {
    const area = this.free;
    if (!area) {
      announce(this.stage.dataset.full);
      return;
    }
    if (event.detail === 0) {
      area.place = FIRST;
      area.box.focus();
      return;
    }
    this.arm(!this.stage.hasAttribute("data-armed"));
  }

  arm(isArmed) {
    this.stage.toggleAttribute("data-armed", isArmed);
    this.button.setAttribute("aria-pressed", String(isArmed));
  }

  /** Where the pointer is, in per cent of the picture. */
  point(event) {
    const frame = this.stage.getBoundingClientRect();
    return {
      x: within((100 * (event.clientX - frame.left)) / frame.width, 0, 100),
      y: within((100 * (event.clientY - frame.top)) / frame.height, 0, 100),
    };
  }

  onPress(event) {
    if (event.button !== 0) return;
    const pressed = this.areas.find((area) => area.box.contains(event.target));
    if (pressed) this.grasp(pressed, event);
    // A finger on the picture scrolls the page, unless somebody has said that they want to draw.
    else if (event.pointerType !== "touch" || this.stage.hasAttribute("data-armed")) this.startDrawing(event);
  }

  /** Moves a box, or its lower right corner. */
  grasp(area, event) {
    const start = this.point(event);
    const { left, top, width, height } = area.place;
    const isCorner = event.target === area.corner;
    area.box.focus();
    this.follow(event, ({ x, y }) => {
      const [right, down] = [x - start.x, y - start.y];
      area.place = isCorner
        ? { left, top, width: Math.min(width + right, 100 - left), height: Math.min(height + down, 100 - top) }
        : { left: left + right, top: top + down, width, height };
    });
  }

  startDrawing(event) {
    const area = this.free;
    if (!area) {
      announce(this.stage.dataset.full);
      return;
    }
    const start = this.point(event);
    this.follow(event, ({ x, y }) => {
      const [width, height] = [Math.abs(x - start.x), Math.abs(y - start.y)];
      if (width && height) area.place = { left: Math.min(x, start.x), top: Math.min(y, start.y), width, height };
    }, () => {
      this.arm(false);
      if (area.isFilled) area.box.focus();
    });
  }

  follow(event, onMove, onEnd = () => {}) {
    event.preventDefault();
    this.stage.setPointerCapture(event.pointerId);
    const move = (moved) => onMove(this.point(moved));
    this.stage.addEventListener("pointermove", move);
    const end = () => {
      this.stage.removeEventListener("pointermove", move);
      this.stage.removeEventListener("pointerup", end);
      this.stage.removeEventListener("pointercancel", end);
      onEnd();
    };
    this.stage.addEventListener("pointerup", end);
    this.stage.addEventListener("pointercancel", end);
  }
}

export function startAreas() {
  const stage = document.querySelector("[data-areas]");
  if (stage) new Stage(stage);
}
