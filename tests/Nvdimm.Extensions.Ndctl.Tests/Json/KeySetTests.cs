using Nvdimm.Extensions.Ndctl.Json;

namespace Nvdimm.Extensions.Ndctl.Tests.Json;

public sealed class KeySetTests
{
    /// <summary>A 65th key would share the bit of the first: <c>1UL &lt;&lt; 64</c> is 1.</summary>
    [Test]
    public void With_EveryKey_IsThatKeyAlone()
    {
        foreach (var key in Enum.GetValues<NdctlKey>())
        {
            Assert.That(default(KeySet).With(key).Keys, Is.EqualTo([key]));
        }
    }

    [Test]
    public void Of_EveryKind_HasOnlyKeysThatTheReaderKnows() =>
        Assert.That(Enum.GetValues<ObjectKind>().SelectMany(kind => KeySet.Of(kind).Keys), Has.None.EqualTo(NdctlKey.Unknown));

    [Test]
    public void Intersects_IsTrueForACommonKeyOnly()
    {
        Assert.That(KeySet.Of(NdctlKey.Dev, NdctlKey.Uuid).Intersects(KeySet.Of(NdctlKey.Uuid)), Is.True);
        Assert.That(KeySet.Of(NdctlKey.Dev, NdctlKey.Uuid).Intersects(KeySet.Of(NdctlKey.Mode, NdctlKey.Map)), Is.False);
    }
}
