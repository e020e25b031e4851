namespace Nvdimm.Extensions.DependencyInjection.Tests;

public sealed class NullArgumentTests
{
    [Test]
    public void EveryArgument_ThatMayNotBeNull_IsChecked() => NullArguments.AssertChecked(typeof(InventorySource).Assembly, leastCalls: 5);
}
