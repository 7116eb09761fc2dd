/* What accessibility tests ask of a page, from within it. */
window.inThePage = (() => {
  const CONTROLS = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const all = (selector) => [...document.querySelectorAll(selector)];
  const isShown = (one) => one.checkVisibility({ visibilityProperty: true });
  const nameOf = (one) =>
    (one.getAttribute('aria-label') || one.textContent || one.name || one.tagName).trim().slice(0, 40);
  const labelOf = (one) => (one.matches('.choice input, .scale input, .segment input') ? one.closest('label') : one);
  const isPixel = (one) => !one.matches('.hidden-visually') && one.scrollWidth > one.clientWidth + 1;
  let stops = 0;

  /** A radio button counts as reached with its group. */
  const isReached = (one) => one.dataset.stop
    || (one.type === 'radio' && all(`input[name="${one.name}"]`).some((other) => other.dataset.stop));

  return {
    /** Where the keyboard stands, and whether that can be seen. */
    focus() {
      const one = document.activeElement;
      if (!one || one === document.body) return null;
      one.dataset.stop ||= String(++stops);
      const shown = labelOf(one), look = getComputedStyle(shown), box = shown.getBoundingClientRect();
      const hit = shown.querySelector('.hit');
      const over = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
      const isOther = over && !shown.contains(over) && !over.contains(shown);
      return {
        stop: one.dataset.stop,
        name: nameOf(one),
        isRinged: (look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2)
          || (!!hit && getComputedStyle(hit).stroke !== 'none'),
        isInView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
        isCovered: !!isOther && !!over.closest('.bar, .keys'),
      };
    },

    /** Controls that the keyboard did not come to. */
    unreached() {
      const dialog = document.querySelector('dialog:modal');
      return all(CONTROLS)
        .filter((one) => isShown(one) && !one.disabled && one.type !== 'hidden' && one.tabIndex >= 0)
        .filter((one) => !dialog || dialog.contains(one))
        .filter((one) => !isReached(one))
        .map(nameOf);
    },

    /** What moves for longer than the eye sees. */
    moving() {
      const longest = (times) => Math.max(...times.split(',').map(parseFloat));
      return all('*').filter((one) => {
        const look = getComputedStyle(one);
        return Math.max(longest(look.transitionDuration), longest(look.animationDuration)) > 0.011;
      }).map((one) => `${one.tagName} ${one.className}`);
    },

    /** Text that is wider than what holds it, and cut. */
    cut() {
      return all('h1, h2, h3, p, a, button, legend, label, td, th, .chip')
        .filter((one) => isShown(one) && getComputedStyle(one).overflowX === 'hidden' && isPixel(one))
        .map(nameOf);
    },

    /** Controls without an edge, where colours say nothing. */
    edgeless() {
      return all('.btn, .choice, .field, .scale label, .keys button, .segment > *').filter(isShown)
        .filter((one) => {
          const look = getComputedStyle(one);
          return parseFloat(look.borderTopWidth) === 0 && look.outlineStyle === 'none';
        })
        .map((one) => `${one.className} ${nameOf(one)}`);
    },

    /** Choices that look the same chosen and not. */
    undecided() {
      const look = (one) => [one, one.querySelector('.mark')].filter(Boolean).map((part) => {
        const own = getComputedStyle(part);
        return [own.borderTopWidth, own.borderTopColor, own.outlineStyle, own.backgroundColor, own.color].join();
      }).join();
      return all('.choice:has(input), .scale label').filter(isShown).slice(0, 12).filter((one) => {
        const input = one.querySelector('input'), was = input.checked;
        input.checked = false;
        const off = look(one);
        input.checked = true;
        const on = look(one);
        input.checked = was;
        return on === off;
      }).map(nameOf);
    },

    /** What a finger does not hit: less than 44 px high, or 24 wide. A link within a sentence is as high as its line. */
    small() {
      const isInSentence = (one) => one.matches('a') && getComputedStyle(one).display === 'inline'
        && [...one.parentElement.childNodes].some((other) => other !== one && other.textContent.trim());
      const dialog = document.querySelector('dialog:modal');
      const shown = all(CONTROLS).map((one) => (one.matches('label input') ? one.closest('label') : one))
        .filter((one) => isShown(one) && !one.closest('svg, .hidden-visually, .skip') && !isInSentence(one))
        .filter((one) => !dialog || dialog.contains(one));
      return [...new Set(shown)]
        .map((one) => [one, one.getBoundingClientRect()])
        .filter(([, box]) => Math.round(box.height) < 44 || Math.round(box.width) < 24)
        .map(([one, box]) => `${nameOf(one)}: ${Math.round(box.width)} x ${Math.round(box.height)}`);
    },

    /** Words in a column too narrow to read them. */
    squeezed() {
      const own = (one) => [...one.childNodes].filter((part) => part.nodeType === 3).map((part) => part.data).join(' ');
      return all('main *, dialog *').filter((one) => isShown(one) && !one.closest('svg, option, .hidden-visually'))
        .filter((one) => own(one).trim().split(/\s+/).length >= 6 && one.getBoundingClientRect().width < 80)
        .map((one) => `${own(one).trim().slice(0, 40)}: ${Math.round(one.getBoundingClientRect().width)}`);
    },

    sideways: () => document.scrollingElement.scrollWidth - innerWidth,
  };
})();
