namespace Realtime.Filter.Tests.Defences;

/// <summary>
/// What libjpeg-turbo 2.1.5 makes of one picture: written as PPM, then "convert in.ppm -quality Q -sampling-factor 4:2:0 q.jpg" and
/// "convert q.jpg -depth 8 q.ppm" (ImageMagick 6.9.11). Base64 of [17, 24, 3] bytes.
/// </summary>
internal static class JpegReference
{
    public const int Width = 24;
    public const int Height = 17;

    private const string Quality20 =
        "//H86eb3vNv4kND+Z8X/Q6//K47/JHH/PWD/U07/ajj5eSvjhyTNkiW+my20rCfB3i3/2S3/uT3/lVD/bGT/TnT/On/+L4X8/NXw4MvqtMHrirjzYbD/QJ3/KYD/JGX/Mkz5Sz31Yy3ndyTWiiTGmC" +
        "u8ozS0sjS52T/b0kLislPhj2beaHrcTInZOJbWLpvT+K/n26PgrZjbgJDeWYrnO3rrI2HmHkrhJy7WQSXSYB7Kex/ClCi6pjW4s0K0u02kz2WWwW+Go36FgpCDXqSCQ7GAMbt9KcB7943p2YDep3HR" +
        "d2fKS2DLK1LHFTvAECa3Ixq1Pxe1YxqygySyoTe1t0q3xlu5yW2cyIlqs5lMlqdJdrZIU8ZFOtFEKthBI9xB+m7x12DgoU/Nb0O+Qj21ITGqCx6eBQyQLxuhTByjciemlzqttlK0y2i62nu/1ZGcwa" +
        "1Wp8AwiMktaNQpRd8lLOQgHecfFegf5lDwxULcjzPEYCuxOSumHSeaDByLCRB7RTOfYjmfiUeorV2yyXa63YzE557J37KswMdqotVIg9xEYeA7POMzI+MuFd8rDd0nvTLlnifRch+5Sx+oLiugIDSX" +
        "GDOKGi16WlihdV+gm2+qvoW41Z3E5rHN6r/S4c7HwNGkptmUhtqMYdd/PdRzI81sFcRlDb9hkSLYdhrFThiuMSGeIjaZHEiTHVCHI054YnaZfn2coY2owqK317jH48nS5NXY3t7exNTUrdTRjNLHac" +
        "y4RMKqK7afH6mZGKKTdDTgZDbUST3DL0ivHFedFmWMHnGBK3V2aZyXjaihusG639rW8u3q9PTy6fTw4u76vcDtpLDqdp7RSo26K4SuIYKtKYW4L4m+XU7lUFLbOFrGI2WvFHaZFIWJIJJ7M5Vvd76W" +
        "mMSgwNS53eTS5uvk4OnozuHnxtTusajno5zqf5HZW4TGO3e2KmutKmCqKluoTnLsQnXgL37JIIyzF56aHq6KMbh9R7tyjN2YrN6hzuO64uXQ4ODgz9HguL/bra/WoY3CmIW9e36xWXGfOmGMJE17HD" +
        "puGC5nSpfzP5nlLqHNI66zH7+ZLM2HQ9d5XdVxlOOHtd+V1t2x59fI4MnZzLPbr5vWoIzJkHKmgGmTXVx+O0ppHTtVDy1JESBBEho+T7f0RLnlNL7JJ8aqJdCKMdp1Td5na9lgj8xktMV32MCa6ri5" +
        "56jT04/auHfbo2zJgVqRY05vNzdRESI0ABknABspFSIzIyg7V9H2S9DjONDDKNCcI9J1LtNaR9FIZ8dBha09rKNW05x+6pOm6ILE2GnSvFDXoErHbD6HRzZjHCBFABAuABMrCSU7LDtSRUtjYOP3U9" +
        "7hO9i5J9CLHspeJcM7PbklXKsegZQhrIg+1H1q7HCU61y22EDGvSbNlyLAVB+LLyRzFh1lCB1cCytkJUR6TF2RY22iZur/WOTlP9mzK8yAIcBMJ7EqP58ZYIwZj30zuW9W3mOC8VWm6kK50ii8shCz" +
        "iQ2fQxBtJSBiGSllFzdwH06GOGefWXu6bIjJV9v/QMnZJLWUFaZbHKIxMpohUIYkcm02oVtmyEyS4T+34S3CyRqzrw2emwyKgRpzUilJNzs+K0ZNJ1hmLnKJQ42wYqHWc6/r";

    private const string Quality75 =
        "8vL/3OT/u9H/ncT/gbr/ZK3/RZP/MX31K2buOVvyVk30d0H3lSryqxXoxQvq3Arp9xbs6iHpwjfsl0nqbV/qUnLtP37vNoTw6+H/09D/sLn/jaf7cZz7VI34N3jwJ2PoIlDjLkLfQjLaXybVgRnOoh" +
        "PNxxjX4yPb8S3V4TrQu1DSk2XRanvNTYrLOJPILZjG4cD1ybDqp5rih4ffaXfkS2TjLU3gHTvbGizUJSPOOhvBVhm1fBqroyOrzTSz5Eiz4VimyGaXpXqVfY+PWKSIOrOAKr15IcF315rgwYvXpHnS" +
        "hWrRZFjUQ0LOJCrIFBvDFBK9Jxa8Rh+4aSuyjzeotEek1lek42uY1YB9toxkj51fbbFaTMVUNNFOJtlJId9H1nfrvmfcnVPOe0TGWDO+NiCzHhCtFAqnIhOuOSCyXjW3g0q1pl2vxm6r3Xyn346Lxq" +
        "FTp682h782bdU6TeM5NOUyJeIsHuQr0Vj7s0Xkii/KZSC3QhapJg2cGw6aHRWeOS6xUj63dFO7lGe6snu10JC15J+y4rGTwb1Poskuhtg1cetCU/FFNOU9INQ3Gc40uzL/nSLsdxfQWRa9ORepJBua" +
        "ICebKjegTFa3Zma+hXnFoorGvZ3G2LDK6b/J58+tzN5wp95Ngt1RaOFeS9tpLMZoHq9sGqlznBf6hRHmZxXRUSPBODKuJDqdIUqaLlueT3WzbYa8kJrLrqrPyLrR3s3X69jU5uK/2PWjqumBe9Z5V8" +
        "p/OLuHIqONH5GcJI2qkCP4gijsaDXYTEPCLFCoF1yVHXGVLoSbT5qvcaq9m7vQvMzb2+Dk8PDo8O3a3OXKtte4kcywZ7qmQ6qmK5quH4i3JXbFK3HQij/8e0buYFXVQmW3I3OWEIF/F5N7KaF+YMOn" +
        "hM25rNfOyd/c3+jj6uvj4OHTytDMoLTMg6nQXp3GQY/AKX6+HWq6JFW8Kk/BgWP/cGntUnfINoekGpl7E6tiIL5dOcpjduePmumnwerC2ebU5eHe4tfdzcLKtKvKlo3cfoLjW3nRPmu+JFemF0KRHz" +
        "GFJy2Dc4L/YYfqRJO+K6KPGbhkHs5PNeJLVOhSgelspOOIydur3tLG4sbV2bXZvp3KpoXKl3PhfWXfVFXBMEOfFC98DB9hHRlUKxxVZKP/WKnrQba/LsOMJNZcLeZAR+01Zeg4h9FGq8Roz7eT46u4" +
        "5J/V147fu3napWfUkVTNdEO4RDCRHh1pBxBHCxA4KRk2QCY/YMT/WcvvRdfCNt6QLulcNus8Sd8mYskijLI5s6Bc1ZCL6Ia153rV1WngtlbcnkvNeTGfVySALBReDwxDBQ8yFx0zPzJDXEZSYOL6Ve" +
        "PkPeO1Kt2BIttRL9U3RcAnYaMlmJFJv31t4GyZ8GPB6FfWzUPXqC/MiCiuXBttPRhLHBY8Dx03FC9ALEZTVl1tcXCCY/P+UOrgL9qmFsdtFrxALbUtT6Mpb4cvpXlcyGOB51Sv9UvQ6D3ZxSbJlxKs" +
        "cA2EUBdKMB4sGCYvFjhBI1JaP2p6ZH6Ze4usT+D1Nc3QFrqXD6xnH6E9OZIoXX4jgGs0pltiv0aL4Dy/5i/VzRXBrQenkg+PdBtrWC0+OjstIko/IV9cMHODTImoc5vMjKvk";

    public static byte[] Picture { get; } = Draw();

    public static byte[] Decoded(int quality) => Convert.FromBase64String(quality == 20 ? Quality20 : Quality75);

    private static byte[] Draw()
    {
        byte[] picture = new byte[Width * Height * 3];
        for (int i = 0; i < Width * Height; i++)
        {
            int x = i % Width, y = i / Width;
            picture[3 * i] = Triangle((3 * x) + y, 24);
            picture[(3 * i) + 1] = Triangle(x + (2 * y), 15);
            picture[(3 * i) + 2] = ((x - 12) * (x - 12)) + ((y - 8) * (y - 8)) < 25 ? (byte)200 : Triangle(x * y, 90);
        }

        return picture;
    }

    private static byte Triangle(int at, int period) => (byte)(Math.Abs((at % (2 * period)) - period) * 255 / period);
}
