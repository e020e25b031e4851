namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>A token is longer than its buffer may become. Never leaves the parser.</summary>
internal sealed class TokenTooLongException : Exception;
