window.SwaggerUIBundle({
  url: '/api/openapi.json',
  dom_id: '#docs',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: -1,
  displayRequestDuration: true,
  // No judge outside, and no key kept in this browser.
  validatorUrl: null,
  persistAuthorization: false,
});
