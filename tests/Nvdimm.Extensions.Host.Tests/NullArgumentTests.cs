using Nvdimm.Extensions.Host.Start;

namespace Nvdimm.Extensions.Host.Tests;

public sealed class NullArgumentTests
{
    /// <summary>Of methods: most constructors are primary ones, which only keep what they are given.</summary>
    [Test]
    public void EveryArgumentOfAMethod_ThatMayNotBeNull_IsChecked() =>
        NullArguments.AssertChecked(typeof(StartSession).Assembly, leastCalls: 60, withConstructors: false);
}
