/** Pages of Google Cloud to which the guide and the buttons lead. */
export const PAGES = {
  newProject: 'https://console.cloud.google.com/projectcreate',
  gmailApi: 'https://console.cloud.google.com/apis/library/gmail.googleapis.com',
  branding: 'https://console.cloud.google.com/auth/branding',
  audience: 'https://console.cloud.google.com/auth/audience',
  newClient: 'https://console.cloud.google.com/auth/clients/create',
} as const;
