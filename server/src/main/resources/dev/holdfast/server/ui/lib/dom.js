/**
 * Makes elements. Text stays text: nothing here, and nothing in any page, makes HTML from a string, so a name that holds
 * a tag is shown as it is.
 */

const SVG = 'http://www.w3.org/2000/svg';

/**
 * An element.
 *
 * @param {string} name
 * @param {object} attributes `on` has listeners by event, `data` has data attributes; true means an empty attribute, and
 *     false, null and undefined mean none
 * @param {...(Node|string|number|null|Array)} children
 */
export function h(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** The same of a drawing. */
export function svg(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || value === false) {
      continue;
    }
    if (key === 'on') {
      for (const [event, listener] of Object.entries(value)) {
        element.addEventListener(event, listener);
      }
    } else if (key === 'data') {
      for (const [name, text] of Object.entries(value)) {
        element.dataset[name] = text;
      }
    } else if (key === 'value') {
      element.value = value;
    } else {
      element.setAttribute(key, value === true ? '' : String(value));
    }
  }
  append(element, children);
  return element;
}

function append(parent, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) {
      parent.append(child instanceof Node ? child : String(child));
    }
  }
}

/** Puts other children in place of those that are there. */
export function fill(parent, ...children) {
  parent.replaceChildren();
  append(parent, children);
  return parent;
}

let lastId = 0;

/** An id that no other element has, for labels and descriptions. */
export function newId(stem) {
  lastId += 1;
  return `${stem}-${lastId}`;
}
