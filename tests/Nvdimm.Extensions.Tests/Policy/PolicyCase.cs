using Nvdimm.Extensions.Policy;

namespace Nvdimm.Extensions.Tests.Policy;

/// <summary>A request and all codes that it gives, in order.</summary>
public sealed record PolicyCase(string Name, PolicyRequest Request, params string[] Codes)
{
    public void Check()
    {
        var violations = NvdimmPolicy.Evaluate(Request).Violations;
        Assert.That(violations.Select(violation => violation.Code), Is.EqualTo(Codes));
        Assert.That(violations.Select(violation => violation.Message), Has.None.Contains("${"));
    }

    public override string ToString() => Name;
}
