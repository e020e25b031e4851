using System.Buffers;
using Newtonsoft.Json;

namespace Nvdimm.Extensions.Ndctl.Json;

/// <summary>The buffers of <c>JsonTextReader</c>, which grow with the longest token: a token above the limit is refused instead.</summary>
internal sealed class TokenBuffers(int maximumCharacters) : IArrayPool<char>
{
    public char[] Rent(int minimumLength) => minimumLength <= maximumCharacters
        ? ArrayPool<char>.Shared.Rent(minimumLength)
        : throw new TokenTooLongException();

    public void Return(char[]? array)
    {
        if (array is not null)
        {
            ArrayPool<char>.Shared.Return(array);
        }
    }
}
