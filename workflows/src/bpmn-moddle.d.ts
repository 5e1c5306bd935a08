/** The part of bpmn-moddle that we use; its own declarations describe elements only. */
declare module 'bpmn-moddle' {
  export class BpmnModdle {
    constructor(extensions?: Record<string, unknown>);
    /** Rejects when the text is no XML; what it could not understand comes as warnings. */
    fromXML(xml: string): Promise<{ rootElement: unknown; warnings: { message: string }[] }>;
    toXML(element: unknown, options: { format: boolean }): Promise<{ xml: string }>;
  }
}
