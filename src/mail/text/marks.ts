/**
 * Marks that the conversion of HTML puts into the text, for what plain text cannot say. They are noncharacters
 * (Unicode, section 23.7), which no mail holds for a reason; those that one holds all the same are removed first.
 */
export const MARK = {
  /** In a line: it is quoted mail, as the markup says. */
  quote: '\uFDD0',
  /** In a line: from here to the end all is quoted mail. */
  rest: '\uFDD1',
  /** In a line: it belongs to a signature, as the markup says. */
  signature: '\uFDD2',
  /** In a line: it is a quote of something else than mail. */
  passage: '\uFDD3',
  linkStart: '\uFDD4',
  linkEnd: '\uFDD5',
  /** Around each word that is struck out. */
  struckStart: '\uFDD6',
  struckEnd: '\uFDD7',
  /** Around the words that stand for a picture. */
  pictureStart: '\uFDD8',
  pictureEnd: '\uFDD9',
} as const;

const ANY_MARK = /[\uFDD0-\uFDEF]/g;
const LINK = /\uFDD4(\d+)\uFDD5/g;
const PICTURE = /\uFDD8[^\uFDD8\uFDD9]*\uFDD9/g;
const PICTURE_MARKS = /[\uFDD8\uFDD9]/g;

/** Removes the marks that a mail brought itself. */
export function withoutMarks(text: string): string {
  return text.replace(ANY_MARK, '');
}

/** The mark that stands for the link with this number. */
export function linkMark(index: number): string {
  return `${MARK.linkStart}${index}${MARK.linkEnd}`;
}

/** Replaces the marks of links, and takes out those of pictures. */
export function fillLinks(text: string, print: (index: number) => string): string {
  return text.replace(LINK, (_, index: string) => print(Number(index))).replace(PICTURE_MARKS, '');
}

/** Takes out the words that stand for pictures. */
export function withoutPictures(text: string): string {
  return text.replace(PICTURE, ' ');
}

/** Counts the marks of links from another number on. */
export function renumberLinks(text: string, first: number): string {
  return text.replace(LINK, (_, index: string) => linkMark(first + Number(index)));
}
