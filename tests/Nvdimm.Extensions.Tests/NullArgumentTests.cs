using NUnit.Framework.Constraints;
using Nvdimm.Extensions.DomainXml;

namespace Nvdimm.Extensions.Tests;

public sealed class NullArgumentTests
{
    private const string Domain = "<domain type='kvm'><devices/></domain>";

    [Test]
    public void EveryArgument_ThatMayNotBeNull_IsChecked() => NullArguments.AssertChecked(typeof(Finding).Assembly, leastCalls: 50);

    [Test]
    public void DomainXmlEditor_NullAmongTheItems()
    {
        Assert.That(() => DomainXmlEditor.Add(Domain, [null!]), Refuses("elements"));
        Assert.That(() => DomainXmlEditor.Update(Domain, [null!]), Refuses("elements"));
        Assert.That(() => DomainXmlEditor.Remove(Domain, [null!]), Refuses("paths"));
    }

    [Test]
    public void Finding_OfNoCode()
    {
        Assert.That(() => Finding.Error(null!), Refuses("code"));
        Assert.That(() => Finding.Warning(null!), Refuses("code"));
        Assert.That(() => new Finding(null!, Severity.Error, []), Refuses("Code"));
        Assert.That(() => new Finding("X", Severity.Error, null!), Refuses("Arguments"));
    }

    private static IResolveConstraint Refuses(string name) => Throws.ArgumentNullException.With.Property("ParamName").EqualTo(name);
}
