using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>A request and all codes that it gives, in order.</summary>
public sealed record PolicyCase(string Name, PolicyRequest Request, params string[] Codes)
{
    public void Check()
    {
        var violations = NvdimmPolicy.Check(Request).Findings;
        Assert.That(violations.Select(finding => finding.Code), Is.EqualTo(Codes));
        Assert.That(violations.Select(finding => finding.Message), Has.None.Contains("${"));
    }

    public override string ToString() => Name;
}
