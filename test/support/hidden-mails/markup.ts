// How the small mails are written; `WORD` stands for the word that is looked for.
export const p = (style: string) => `<p style="${style}">WORD</p>`;
export const div = (style: string, inner = 'WORD') => `<div style="${style}">${inner}</div>`;
export const span = (style: string) => `<p>a <span style="${style}">WORD</span></p>`;
export const sheet = (css: string, html: string) =>
  `<html><head><style>${css}</style></head><body>${html}</body></html>`;
export const hides = (selector: string, html: string) => sheet(`${selector}{display:none}`, html);
