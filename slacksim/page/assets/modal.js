// The dialog of an app's view: one <dialog>, whose form is the view on top.

import { countAll, refocus, restore, snapshot } from "./fields.js";

const covered = new Map(); // view id → what was typed in it, while another lies on top
let opener = null;

export const viewForm = () => document.getElementById("view-form");

// syncModal makes the dialog what the server says it is. The same view keeps
// what was typed in fields that are still there.
export function syncModal(part, next, patchKeyed) {
	const now = part.querySelector("form"), fresh = next.querySelector("form");
	if (!fresh) return dismiss(part);
	if (!now) {
		opener = document.activeElement;
		part.replaceChildren(...next.childNodes);
		show(part.querySelector("dialog"));
	} else if (now.dataset.viewId !== fresh.dataset.viewId) {
		covered.set(now.dataset.viewId, snapshot(now));
		now.replaceWith(fresh);
		const kept = covered.get(fresh.dataset.viewId);
		restore(fresh, kept);
		focusStart(fresh);
		refocus(fresh, kept);
		countAll(fresh);
	} else {
		update(now, fresh, patchKeyed);
	}
}

function update(now, fresh, patchKeyed) {
	const inside = now.contains(document.activeElement);
	now.dataset.callbackId = fresh.dataset.callbackId;
	swap(now, fresh, ".modal-head h2");
	swap(now, fresh, ".modal-foot");
	const list = now.querySelector(".blocks"), next = fresh.querySelector(".blocks");
	if (list && next) patchKeyed(list, next);
	else if (list || next) now.querySelector(".modal-body").replaceChildren(...(next ? [next] : []));
	if (inside && !now.contains(document.activeElement)) focusStart(now);
}

// swap replaces one piece when its text or buttons changed.
function swap(now, fresh, selector) {
	const a = now.querySelector(selector), b = fresh.querySelector(selector);
	if (a.textContent !== b.textContent) a.replaceWith(b);
}

function dismiss(part) {
	covered.clear();
	const dialog = part.querySelector("dialog");
	if (!dialog) return;
	dialog.close();
	part.replaceChildren();
	if (opener?.isConnected) {
		opener.blur(); // closing gave it the focus back in name only: it swallowed what was typed
		opener.focus();
	}
	opener = null;
}

export function show(dialog) {
	if (!dialog || dialog.open) return;
	dialog.showModal();
	focusStart(dialog);
	countAll(dialog);
}

function focusStart(root) {
	const first = root.querySelector("[data-focus]") ??
		root.querySelector(".modal-body :is(input, select, textarea)") ?? root.querySelector("#modal-title");
	(first?.matches("div") ? first.querySelector("input") : first)?.focus();
	root.querySelector(".modal-body")?.scrollTo(0, 0);
}

// showErrors puts each sentence under its field and the focus in the first.
export function showErrors(form, errors) {
	clearErrors(form);
	let first = null;
	for (const line of form.querySelectorAll("[data-error-for]")) {
		const text = errors[line.dataset.errorFor];
		if (!text) continue;
		line.textContent = text;
		line.hidden = false;
		const field = fieldOf(line);
		field?.setAttribute("aria-invalid", "true");
		first ??= field;
	}
	(first?.matches("fieldset") ? first.querySelector("input") ?? first : first)?.focus();
	return Boolean(first);
}

export function clearErrors(root) {
	for (const line of root.querySelectorAll("[data-error-for]:not([hidden])")) {
		line.hidden = true;
		line.textContent = "";
		fieldOf(line)?.removeAttribute("aria-invalid");
	}
}

const fieldOf = (line) => document.getElementById(line.id.replace(/-error$/, ""));
