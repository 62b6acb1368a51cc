export interface CompiledTemplate {
  execute(data: unknown): string;
}
