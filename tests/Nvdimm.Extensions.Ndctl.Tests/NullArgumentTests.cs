namespace Nvdimm.Extensions.Ndctl.Tests;

public sealed class NullArgumentTests
{
    [Test]
    public void EveryArgument_ThatMayNotBeNull_IsChecked() => NullArguments.AssertChecked(typeof(NdctlParser).Assembly, leastCalls: 8);
}
