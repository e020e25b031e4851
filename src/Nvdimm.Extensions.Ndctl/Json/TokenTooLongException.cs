namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>A token is longer than the largest buffer. The parser converts this exception to a finding.</summary>
internal sealed class TokenTooLongException : Exception;
