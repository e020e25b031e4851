namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>Reading the input must stop. The parser converts this exception to a finding.</summary>
internal sealed class RejectedInputException(string code, string detail, int line, int position) : Exception(detail)
{
    public Finding Finding { get; } = Finding.Error(code, ("detail", detail), ("line", $"{line}"), ("position", $"{position}"));
}
