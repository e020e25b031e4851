using NUnit.Framework.Constraints;
using Nvdimm.Extensions.Engine.Categories;
using Nvdimm.Extensions.Engine.Inventories;
using Nvdimm.Extensions.Engine.Tests.Categories;
using Nvdimm.Extensions.Testing;

namespace Nvdimm.Extensions.Engine.Tests;

public sealed class NullArgumentTests
{
    [Test]
    public void EveryArgument_ThatMayNotBeNull_IsChecked() => NullArguments.AssertChecked(typeof(HostDeviceKey).Assembly, leastCalls: 20);

    [Test]
    public void Items_AndParts()
    {
        Assert.That(() => new HostDeviceCategories([null!]), Refuses("categories"));
        Assert.That(() => new HostReference(null!, "host1"), Refuses("Id"));
        Assert.That(() => new HostReference("h1", null!), Refuses("Name"));
        Assert.That(() => new AttachedHostDevice("nvdimm", null!), Refuses("Name"));
        Assert.That(() => new AttachedHostDevice(null!, "namespace0.0"), Refuses("Capability"));
        Assert.That(new HostDeviceCategories([CategorySamples.Category()]).All, Has.Count.EqualTo(1));
    }

    [Test]
    public void InMemoryEngine_NoVm() => Assert.That(async () => await new InMemoryEngine().GetVmAsync(null!), Refuses("vmId"));

    private static IResolveConstraint Refuses(string name) => Throws.ArgumentNullException.With.Property("ParamName").EqualTo(name);
}
