namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The input cannot be read on. Never leaves the parser, which makes a finding of it.</summary>
internal sealed class RejectedInputException(string code, string detail, int line, int position) : Exception(detail)
{
    public Finding Finding { get; } = Finding.Error(code, ("detail", detail), ("line", $"{line}"), ("position", $"{position}"));
}
