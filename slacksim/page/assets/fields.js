// What people typed: kept over every replacement of the HTML around it.

const fields = "input, select, textarea";

// snapshot remembers every field, open menu and the focus under root, by id.
export function snapshot(root) {
	const kept = { fields: new Map(), open: new Set(), focus: null };
	for (const el of root.querySelectorAll(fields)) {
		if (el.id) kept.fields.set(el.id, { value: el.value, checked: el.checked, files: el.files });
	}
	for (const el of root.querySelectorAll("details[id][open]")) kept.open.add(el.id);
	const active = document.activeElement;
	if (active && active !== document.body && root.contains(active)) {
		kept.focus = { selector: selectorOf(active), start: active.selectionStart, end: active.selectionEnd };
	}
	return kept;
}

// restore puts it back where the same field still is. An id is made of view,
// block and action, so another field never gets it.
export function restore(root, kept) {
	if (!kept) return;
	for (const el of root.querySelectorAll(fields)) {
		const was = kept.fields.get(el.id);
		if (was) restoreField(el, was);
	}
	for (const el of root.querySelectorAll("details[id]")) if (kept.open.has(el.id)) el.open = true;
}

// refocus gives the focus back once the fresh HTML stands in the page.
export function refocus(root, kept) {
	if (!kept?.focus?.selector) return;
	const el = root.querySelector(kept.focus.selector);
	if (!el) return;
	el.focus({ preventScroll: true });
	if (kept.focus.start != null && el.setSelectionRange && el.type !== "email" && el.type !== "number") {
		el.setSelectionRange(kept.focus.start, kept.focus.end);
	}
}

function restoreField(el, was) {
	if (el.type === "file") {
		if (was.files?.length) el.files = was.files;
	} else if (el.type === "checkbox" || el.type === "radio") {
		if (el.value === was.value) el.checked = was.checked;
	} else if (el.tagName !== "SELECT" || [...el.options].some((o) => o.value === was.value)) {
		el.value = was.value;
	}
}

function selectorOf(el) {
	if (el.id) return "#" + CSS.escape(el.id);
	const href = el.getAttribute("href");
	if (href) return `a[href="${CSS.escape(href)}"]`;
	if (el.dataset.actionId) return `[data-action-id="${CSS.escape(el.dataset.actionId)}"]`;
	return el.tagName === "SUMMARY" ? "summary" : "";
}

// count writes how many characters are left, or still needed, under a field.
export function count(el) {
	const counter = document.querySelector(`[data-counter-for="${CSS.escape(el.id)}"]`);
	if (!counter) return;
	const { wordLeft, wordShort } = document.body.dataset;
	const length = [...el.value].length, max = Number(el.dataset.max), min = Number(el.dataset.min);
	let text = "";
	if (min && length > 0 && length < min) text = wordShort.replace("%d", min - length);
	else if (max && length >= max / 2) text = wordLeft.replace("%d", max - length);
	counter.textContent = text;
	counter.classList.toggle("over", Boolean(max && length > max));
}

export function countAll(root) {
	for (const el of root.querySelectorAll("[data-min], [data-max]")) count(el);
}
