import { primarySendAs, type SendAs } from '../store/send-as.ts';
import { OWNER } from './types.ts';

/** What the owner of the demonstration mailbox may send from: an address of the choir, and one that was never confirmed. */
export const sendAsOf = (address: string): SendAs[] => [
  primarySendAs(
    address,
    OWNER.name,
    '<div dir="ltr"><b>Robin Vale</b><br>Harbor Studio · <a href="https://harbor-studio.example">harbor-studio.example</a></div>',
  ),
  {
    sendAsEmail: 'robin@harbour-choir.example',
    displayName: 'Robin (Harbour Choir)',
    replyToAddress: 'committee@harbour-choir.example',
    signature: '',
    treatAsAlias: true,
    verificationStatus: 'accepted',
  },
  {
    sendAsEmail: 'r.vale@old-office.example',
    displayName: 'Robin Vale',
    replyToAddress: '',
    signature: '<p>Old office</p>',
    treatAsAlias: false,
    verificationStatus: 'pending',
  },
];
