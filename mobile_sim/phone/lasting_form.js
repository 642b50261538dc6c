// A form whose words stay while views and languages change, and which is sent once.

import { h } from "/pages/kit/dom.js";

/** What stands in each form until it has arrived. @type {Map<string, Record<string, any>>} */
const forms = new Map();

/** What was typed and chosen so far. @param {string} name of the form */
export const typedIn = (name) => forms.get(name) ?? {};

/** It has arrived. @param {string} name */
export const forgetTyped = (name) => void forms.delete(name);

/** @param {string} name @param {(typed: Record<string, any>, form: any) => Promise<void>} send which never fails @param {...any} children */
export function lastingForm(name, send, ...children) {
  const typed = (form) => Object.fromEntries(new FormData(form));
  const oninput = ({ currentTarget }) => forms.set(name, typed(currentTarget));
  const onsubmit = async (event) => {
    event.preventDefault();
    const { target, submitter } = event;
    submitter.disabled = true; // a second tap sends nothing
    await send(typed(target), target);
    submitter.disabled = false;
    if (document.activeElement === document.body) submitter.focus();
  };
  return h("form", { oninput, onsubmit }, children);
}
